package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.caller.CallIdMask;
import dev.trunkline.edge.caller.CallerLine;
import dev.trunkline.edge.caller.CallerSource;
import dev.trunkline.edge.caller.ChosenHeaders;
import dev.trunkline.edge.caller.Verstat;
import dev.trunkline.edge.dialled.CalledSource;
import dev.trunkline.edge.dialled.DialledLine;
import dev.trunkline.edge.dialog.CallTag;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.Caller;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.sip.message.SipHeaders;
import dev.trunkline.sip.message.SipRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns an INVITE into what the suite may know about it. */
public final class InviteReader {
    private static final String RELIABLE = "100rel";
    /** The header by which a tool marks a call in which nobody wants to talk. */
    private static final String TRIAL = "X-Trunkline-Trial";
    /** Seconds. */
    private static final int LONGEST_EXPIRES = 86_400;
    /** Characters of the Call-ID that events contain. */
    private static final int LONGEST_CALL_ID = 512;

    private final String edge;
    private final Duration deadline;
    private final Pseudonyms pseudonyms;
    private final SealedCallers seals;
    private final SealedHeads heads;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final boolean reliableWhereSupported;

    /**
     * @param ids of calls, UUIDv7
     * @param reliableWhereSupported whether provisional responses are sent reliably (RFC 3262) also to callers that only
     *     support it
     */
    public InviteReader(
            String edge,
            Duration deadline,
            Pseudonyms pseudonyms,
            SealedCallers seals,
            SealedHeads heads,
            Clock clock,
            Supplier<UUID> ids,
            boolean reliableWhereSupported) {
        this.edge = edge;
        this.deadline = deadline;
        this.pseudonyms = pseudonyms;
        this.seals = seals;
        this.heads = heads;
        this.clock = clock;
        this.ids = ids;
        this.reliableWhereSupported = reliableWhereSupported;
    }

    /**
     * @param random the unguessable part of our tag in the dialog
     * @param waited since the INVITE arrived
     */
    CallFacts read(SipRequest invite, Trunk trunk, String random, Duration waited) {
        var id = new CallId(ids.get());
        String localTag = CallTag.of(random, id);
        var plan = NumberPlan.of(trunk);
        CallerLine said = CallerLine.of(invite, trunk.callerFrom());
        CallerLine line = CallerLine.fits(invite) ? said : said.withheld();
        DialledLine dialled = DialledLine.of(invite, trunk.calledFrom());
        String sipCallId = Texts.cleaned(invite.callId(), LONGEST_CALL_ID);
        String number = line.anonymous() ? "" : plan.normalise(line.number()).text();
        Caller caller = line.anonymous() ? pseudonyms.anonymousOf(trunk.id()) : pseudonyms.ofNumber(number);
        String maskedCallId = CallIdMask.mask(sipCallId, telling(line, number));
        var secrets = new CallerSecrets(
                number,
                line.displayName(),
                // It is passed to the room.
                line.anonymous() ? maskedCallId : sipCallId,
                headers(invite, trunk, line),
                Optional.empty(),
                Optional.empty(),
                // An anonymous caller's may contain the number.
                line.anonymous() ? Optional.empty() : host(invite),
                invite.from().tag().map(tag -> Texts.cleaned(tag, LONGEST_CALL_ID)));
        Instant came = clock.instant().minus(waited);
        var received = new InviteReceived(
                id,
                edge,
                trunk.ref(),
                maskedCallId,
                plan.normalise(dialled.number()).text(),
                dialled.number(),
                caller,
                seals.seal(id, secrets),
                invite.sdp().map(Sdp::scrubbed).orElse(""),
                invite.source().text(),
                came,
                came.plus(deadline),
                numbersFrom(line, dialled),
                purpose(invite.headers(), trunk),
                heads.seal(id, invite, localTag));
        return new CallFacts(received, Dialog.answering(invite, localTag).of(trunk.id()), invite.cseq(), TimerHeaders.of(invite.headers()),
                reliable(invite.headers()), expires(invite.headers(), came));
    }

    private static Optional<String> host(SipRequest invite) {
        return Optional.of(Texts.cleaned(invite.from().host(), LONGEST_CALL_ID)).filter(host -> !host.isEmpty());
    }

    /** Accepted only from a trunk that may send it: no statistic and no bill counts a trial call. */
    private static Optional<CallPurpose> purpose(SipHeaders headers, Trunk trunk) {
        boolean trial = trunk.trialCalls().orElse(false) && headers.first(TRIAL).map(String::strip).filter("1"::equals).isPresent();
        return trial ? Optional.of(CallPurpose.TRIAL) : Optional.empty();
    }

    /** RFC 3261 section 20.19: 0 to 2^32 - 1 seconds; a value longer than any call rings counts as none. */
    private static Optional<Instant> expires(SipHeaders headers, Instant came) {
        OptionalInt seconds = headers.first("Expires").map(value -> Texts.number(value.strip(), 9)).orElse(OptionalInt.empty());
        return seconds.isPresent() && seconds.getAsInt() <= LONGEST_EXPIRES
                ? Optional.of(came.plusSeconds(seconds.getAsInt()))
                : Optional.empty();
    }

    private boolean reliable(SipHeaders headers) {
        return headers.tokens("Require").contains(RELIABLE)
                || reliableWhereSupported && headers.tokens("Supported").contains(RELIABLE);
    }

    private static Map<String, String> headers(SipRequest invite, Trunk trunk, CallerLine line) {
        Map<String, String> headers = ChosenHeaders.of(invite.headers(), trunk.headersToRoom(), line);
        // Not one that a sender puts into a header.
        headers.remove(Verstat.NAME);
        Verstat.of(invite).ifPresent(verstat -> headers.put(Verstat.NAME, verstat));
        return headers;
    }

    private static List<String> telling(CallerLine line, String number) {
        var telling = new ArrayList<>(line.telling());
        telling.add(number);
        return telling;
    }

    /** Empty for the usual places. */
    private static Optional<NumbersFrom> numbersFrom(CallerLine line, DialledLine dialled) {
        String caller = line.source().map(CallerSource::code).orElse("anonymous");
        boolean usual = dialled.source() == CalledSource.REQUEST_URI && caller.equals(CallerSource.FROM.code());
        return usual ? Optional.empty() : Optional.of(new NumbersFrom(dialled.source().code(), caller));
    }
}
