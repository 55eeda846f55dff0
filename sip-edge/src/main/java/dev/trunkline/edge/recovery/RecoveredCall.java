package dev.trunkline.edge.recovery;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.time.Instant;
import java.util.Optional;

/**
 * What the events say about one call of an earlier process; folded one event after another.
 *
 * @param dialog the newest sealed one
 * @param offered the last offer of a re-INVITE, or the last answer to one
 * @param ready the relay's last answer
 * @param before the same without that offer: applies again if the relay refuses it
 * @param revisions the highest revision that was offered
 * @param last the last event, and its publisher
 * @param admitted how it was admitted, or whose place is to be taken
 * @param attended whether somebody has listened to the caller since
 * @param leg how it was placed; empty for an inbound call
 * @param referral the transfer by REFER that has no outcome yet
 */
record RecoveredCall(
        Owners owners,
        Optional<InviteReceived> invite,
        Optional<CallAnswered> answered,
        Instant answeredAt,
        Optional<String> dialog,
        Optional<MediaOffered> offered,
        Optional<MediaReady> ready,
        Optional<Agreed> before,
        int revisions,
        Optional<Envelope> last,
        Optional<Admitted> admitted,
        boolean attended,
        Optional<OutgoingLeg> leg,
        Optional<String> referral) {

    /** What both sides had agreed on. */
    record Agreed(Optional<String> dialog, Optional<MediaOffered> offered) {}

    /**
     * Since when somebody is awaited, and by which route.
     *
     * @param left who answered before and left; empty while nobody had joined
     * @param none that no agent came, if the relay has been carrying out the rest of the fallback since then
     */
    record Admitted(CallRouted route, Instant at, Optional<String> left, Optional<AgentUnavailable> none) {
        Admitted(CallRouted route, Instant at, Optional<String> left) {
            this(route, at, left, Optional.empty());
        }

        Admitted inVain(AgentUnavailable said, Instant when) {
            return new Admitted(route, when, said.left(), Optional.of(said));
        }
    }

    static RecoveredCall of(Envelope first) {
        return new RecoveredCall(first.owners(), Optional.empty(), Optional.empty(), Instant.EPOCH, Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty())
                .after(first);
    }

    RecoveredCall after(Envelope envelope) {
        // A relay's event of an outbound call may name no edge.
        var known = new Owners(envelope.owners().edge().or(owners::edge), envelope.owners().relay().or(owners::relay));
        return switch (envelope.record()) {
            case InviteReceived said ->
                new RecoveredCall(known, Optional.of(said), answered, answeredAt, dialog, offered, ready, before,
                        revisions, last, admitted, attended, leg, referral);
            case CallAnswered said ->
                new RecoveredCall(known, invite, Optional.of(said), envelope.time(), Optional.of(said.sealedDialog()),
                        offered, ready, before, revisions, last, admitted, attended, leg, referral);
            case MediaOffered said ->
                new RecoveredCall(known, invite, answered, answeredAt, said.sealedDialog().or(() -> dialog),
                        Optional.of(said), ready, Optional.of(new Agreed(dialog, offered)),
                        Math.max(revisions, said.revision()), last, admitted, attended, leg, referral);
            case MediaRefused said when offered.filter(offer -> offer.revision() == said.revision()).isPresent() ->
                new RecoveredCall(known, invite, answered, answeredAt, before.flatMap(Agreed::dialog),
                        before.flatMap(Agreed::offered), ready, Optional.empty(), revisions, last, admitted, attended, leg, referral);
            // If two relays got the call, the first has it.
            case MediaReady said when ready.isEmpty() || ready.get().relay().equals(said.relay()) ->
                new RecoveredCall(known.withRelay(said.relay()), invite, answered, answeredAt, dialog, offered,
                        Optional.of(said), before, revisions, last, admitted, attended, leg, referral);
            // The next relay has it, whichever it is.
            case MediaLost said ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, Optional.empty(), before,
                        Math.max(revisions, said.revision()), last, admitted, attended, leg, referral);
            case CallEvent said when said.isLast() ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before,
                        revisions, Optional.of(envelope), admitted, attended, leg, referral);
            case CallAdmitted said ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                        Optional.of(new Admitted(said.route(), envelope.time(), Optional.empty())), attended, said.route().outgoing(), referral);
            case AgentLeft said when said.alone() && said.route().isPresent() ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                        Optional.of(new Admitted(said.route().get(), envelope.time(), Optional.of(said.agent()))), false, leg, referral);
            case AgentUnavailable said ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                        admitted.map(since -> since.inVain(said, envelope.time())), attended, leg, referral);
            case AgentJoined said -> attended(known);
            case TransferStarted said when said.way() == TransferWay.REFER -> referring(known, Optional.of(said.transfer()));
            case TransferFailed said when referral.filter(said.transfer()::equals).isPresent() -> referring(known, Optional.empty());
            case TransferSucceeded said -> attended(known);
            default ->
                new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                        admitted, attended, leg, referral);
        };
    }

    private RecoveredCall referring(Owners known, Optional<String> transfer) {
        return new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                admitted, attended, leg, transfer);
    }

    private RecoveredCall attended(Owners known) {
        return new RecoveredCall(known, invite, answered, answeredAt, dialog, offered, ready, before, revisions, last,
                admitted, true, leg, referral);
    }

    /** The caller's offer that {@link #ready} answers; empty if the last offer was the relay's. */
    String negotiatedOffer() {
        int revision = ready.map(MediaReady::revision).orElse(0);
        return offered.filter(offer -> offer.revision() == revision)
                .map(MediaOffered::sdpOffer)
                .or(() -> invite.map(InviteReceived::sdpOffer))
                .orElse("");
    }
}
