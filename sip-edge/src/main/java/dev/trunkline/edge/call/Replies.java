package dev.trunkline.edge.call;

import dev.trunkline.edge.sip.SipHeader;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The responses of the edge. */
public final class Replies {
    /** RFC 3261 section 20.5. */
    public static final SipHeader ALLOW =
            new SipHeader("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, NOTIFY");
    public static final SipHeader ACCEPT = new SipHeader("Accept", "application/sdp");
    /** Printable ASCII without blanks, quotes and angle brackets. */
    private static final Pattern TARGET = Pattern.compile("(?i)(sips?|tel):[!#-;=?-~]{1,500}");
    /** A 2xx or a provisional response would be no refusal (RFC 3261 section 7.2). */
    private static final int LOWEST_REFUSAL = 300;
    private static final int HIGHEST_REFUSAL = 699;
    /** Seconds until a trunk may try again here. */
    private static final int SOON = 5;

    private Replies() {}

    static SipReply ringing(String tag) {
        return SipReply.of(180).tagged(tag).withContact();
    }

    /** The answer to an INVITE, re-INVITE or UPDATE. */
    static SipReply accepted(String tag, String sdp) {
        return SipReply.of(200).tagged(tag).withContact().withSdp(sdp).with(ALLOW);
    }

    /** With the status that the refusal names, if that is one of a refusal; else with that of its reason. */
    public static SipReply refused(CallRejected refusal, String tag) {
        boolean refuses = refusal.status() >= LOWEST_REFUSAL && refusal.status() <= HIGHEST_REFUSAL;
        int status = refuses ? refusal.status() : refusal.reason().status();
        return refused(status, refusal.reason(), refusal.retryAfterSeconds()).tagged(tag);
    }

    /** The caller shall call there instead. */
    static SipReply forwarded(String target, String tag) {
        EndReason reason = EndReason.FORWARDED;
        return SipReply.of(reason.cause())
                .tagged(tag)
                .with(new SipHeader("Contact", "<" + target + ">"))
                .with(SipHeader.reason(reason.cause(), reason.code()));
    }

    /** A URI that can stand in a Contact: nothing in it may end the header. */
    static boolean isTarget(String target) {
        return TARGET.matcher(target).matches();
    }

    /** One reason, one status, one sentence. */
    private static SipReply refused(int status, RefusalReason reason, OptionalInt retryAfter) {
        SipReply reply = SipReply.of(status).with(SipHeader.reason(status, reason.code()));
        return retryAfter.isPresent() ? reply.with(SipHeader.retryAfter(retryAfter.getAsInt())) : reply;
    }

    /** The final response to an INVITE whose call ends before it is answered. */
    static SipReply ended(EndReason reason, String tag) {
        int status =
                switch (reason) {
                    case CANCELLED, CALLER_HUNG_UP -> 487;
                    case RELAY_LOST, EDGE_LOST, LIVEKIT_LOST, DRAINED -> 503;
                    default -> 480;
                };
        SipReply reply = SipReply.of(status).tagged(tag).with(SipHeader.reason(status, reason.code()));
        return status == 503 ? reply.with(SipHeader.retryAfter(SOON)) : reply;
    }

    /** This process takes no new calls. */
    public static SipReply draining() {
        return SipReply.of(503).with(SipHeader.reason(503, EndReason.DRAINED.code())).with(SipHeader.retryAfter(SOON));
    }

    /** What the edge can do (RFC 3261 section 11.2). */
    public static SipReply options() {
        return SipReply.of(200).with(ALLOW).with(ACCEPT).withContact();
    }

    /** A request within a dialog that changes nothing there. */
    static SipReply other(String method) {
        return switch (method) {
            case SipRequest.OPTIONS -> options();
            case SipRequest.INFO, SipRequest.NOTIFY -> SipReply.of(200);
            // No reliable provisional response of ours can be acknowledged (RFC 3262 section 3).
            case SipRequest.PRACK -> SipReply.of(481);
            default -> notAllowed(method);
        };
    }

    /** 405 for a method that exists, 501 for one that we have never heard of (RFC 3261 sections 8.2.1 and 21.5.2). */
    public static SipReply notAllowed(String method) {
        return switch (method) {
            case "REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE", SipRequest.REFER, SipRequest.INFO, SipRequest.NOTIFY,
                            SipRequest.UPDATE, SipRequest.PRACK ->
                SipReply.of(405).with(ALLOW);
            default -> SipReply.of(501).with(ALLOW);
        };
    }
}
