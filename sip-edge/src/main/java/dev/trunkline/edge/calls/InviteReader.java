package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.caller.CallIdMask;
import dev.trunkline.edge.caller.CallerLine;
import dev.trunkline.edge.caller.ChosenHeaders;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns an INVITE into what the suite may know of it. */
public final class InviteReader {
    private final String edge;
    private final Duration deadline;
    private final Pseudonyms pseudonyms;
    private final SealedCallers seals;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** @param ids of calls, UUIDv7 */
    public InviteReader(
            String edge,
            Duration deadline,
            Pseudonyms pseudonyms,
            SealedCallers seals,
            Clock clock,
            Supplier<UUID> ids) {
        this.edge = edge;
        this.deadline = deadline;
        this.pseudonyms = pseudonyms;
        this.seals = seals;
        this.clock = clock;
        this.ids = ids;
    }

    /** @param localTag our tag in the dialog */
    CallFacts read(SipRequest invite, Trunk trunk, String localTag) {
        var id = new CallId(ids.get());
        var plan = new NumberPlan(trunk.country());
        CallerLine line = CallerLine.of(invite);
        String number = line.anonymous() ? "" : plan.normalise(line.number()).text();
        Caller caller = line.anonymous() ? pseudonyms.anonymousOf(trunk.id()) : pseudonyms.ofNumber(number);
        var secrets = new CallerSecrets(
                number,
                line.displayName(),
                invite.callId(),
                ChosenHeaders.of(invite.headers(), trunk.headersToRoom()));
        Instant now = clock.instant();
        var received = new InviteReceived(
                id,
                edge,
                trunk.ref(),
                CallIdMask.mask(invite.callId(), List.of(number, line.number(), invite.from().user())),
                plan.normalise(invite.requestUser()).text(),
                invite.requestUser(),
                caller,
                seals.seal(id, secrets),
                Sdp.scrubbed(invite.body()),
                invite.source().text(),
                now,
                now.plus(deadline));
        return new CallFacts(received, Dialog.answering(invite, localTag));
    }
}
