package dev.trunkline.edge.call;

import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The responses of the edge. */
public final class Replies {
    /** RFC 3261 section 20.5. */
    public static final SipHeader ALLOW =
            new SipHeader("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, NOTIFY, REFER");
    /** Option tags that a request may require. */
    public static final Set<String> EXTENSIONS = Set.of("timer", "100rel", "replaces");
    /** RFC 3261 section 20.37. */
    public static final SipHeader SUPPORTED = new SipHeader("Supported", "timer, 100rel, replaces");
    public static final SipHeader ACCEPT = new SipHeader("Accept", "application/sdp");
    private static final List<String> SCHEMES = List.of("sip:", "sips:", "tel:");
    private static final int LONGEST_TARGET = 500;
    private static final int LONGEST_WARNING = 200;
    /** A 2xx or a provisional response would be no refusal (RFC 3261 section 7.2). */
    private static final int LOWEST_REFUSAL = 300;
    private static final int HIGHEST_REFUSAL = 699;
    /** Seconds until a trunk may try again here. */
    private static final int SOON = 5;

    private Replies() {}

    /** RFC 4028 section 6. */
    public static OutgoingResponse intervalTooSmall(int minimum) {
        return OutgoingResponse.of(422).with(SessionTimer.minimum(minimum));
    }

    /** The answer to an UPDATE without an offer. */
    static OutgoingResponse updated() {
        return OutgoingResponse.of(200).withContact().with(ALLOW).with(SUPPORTED);
    }

    static OutgoingResponse ringing(String tag) {
        return OutgoingResponse.of(180).tagged(tag).withContact().with(ALLOW).with(SUPPORTED);
    }

    /** The caller hears the relay before the answer; the 200 repeats the same session description. */
    static OutgoingResponse progress(String tag, String sdp) {
        return OutgoingResponse.of(183).tagged(tag).withContact().with(ALLOW).with(SUPPORTED).withSdp(sdp);
    }

    /** RFC 3262 section 3. */
    static OutgoingResponse ringingReliably(String tag, long rseq) {
        return ringing(tag)
                .with(new SipHeader("Require", "100rel"))
                .with(new SipHeader("RSeq", Long.toString(rseq)));
    }

    /** The answer to an INVITE whose offer and answer went with a provisional response and its PRACK. */
    static OutgoingResponse accepted(String tag) {
        return OutgoingResponse.of(200).tagged(tag).withContact().with(ALLOW).with(SUPPORTED);
    }

    /** The answer to an INVITE, re-INVITE or UPDATE. */
    static OutgoingResponse accepted(String tag, String sdp) {
        return accepted(tag).withSdp(sdp);
    }

    /** Uses the status that the refusal names, if it is one of a refusal; else that of its reason. */
    public static OutgoingResponse refused(CallRejected refusal, String tag) {
        boolean refuses = refusal.status() >= LOWEST_REFUSAL && refusal.status() <= HIGHEST_REFUSAL;
        int status = refuses ? refusal.status() : refusal.reason().status();
        return refused(status, refusal.reason(), refusal.retryAfterSeconds()).tagged(tag);
    }

    /** Redirects the caller to the target. */
    static OutgoingResponse forwarded(String target, String tag) {
        EndReason reason = EndReason.FORWARDED;
        return OutgoingResponse.of(reason.cause())
                .tagged(tag)
                .with(new SipHeader("Contact", "<" + target + ">"))
                .with(SipHeader.reason(reason.cause(), reason.code()));
    }

    /** Whether it is a URI that can stand in a Contact: nothing in it may end the header. */
    static boolean isTarget(String target) {
        int scheme = target.indexOf(':') + 1;
        String rest = target.substring(scheme);
        boolean printable = rest.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '<' && c != '>');
        return SCHEMES.contains(target.substring(0, scheme).toLowerCase(Locale.ROOT))
                && !rest.isEmpty()
                && rest.length() <= LONGEST_TARGET
                && printable;
    }

    /** One reason, one status, one sentence. */
    public static OutgoingResponse refused(int status, RefusalReason reason, OptionalInt retryAfter) {
        OutgoingResponse reply = OutgoingResponse.of(status).with(SipHeader.reason(status, reason.code()));
        return retryAfter.isPresent() ? reply.with(SipHeader.retryAfter(retryAfter.getAsInt())) : reply;
    }

    /** The relay cannot take what was offered within the call (RFC 3261 sections 14.2 and 20.43). */
    static OutgoingResponse refused(MediaRefused refused) {
        RefusalReason reason = refused.reason();
        int status = reason.status() >= 400 ? reason.status() : 488;
        // 305: incompatible media format; 399: anything else, for people.
        int code = reason == RefusalReason.NO_COMMON_CODEC ? 305 : 399;
        String text = Texts.cleaned(refused.detail(), LONGEST_WARNING).replace('"', '\'').replace('\\', '/');
        return refused(status, reason, reason.retryAfterSeconds())
                .with(new SipHeader("Warning", code + " trunkline \"" + text + "\""));
    }

    /** The final response to an INVITE whose call ends before it is answered. */
    public static OutgoingResponse ended(EndReason reason, String tag) {
        int status =
                switch (reason) {
                    case CANCELLED, ANSWERED_ELSEWHERE, CALLER_HUNG_UP -> 487;
                    // RFC 3262 section 3: no PRACK came.
                    case CALLER_LOST -> 504;
                    case RELAY_LOST, EDGE_LOST, LIVEKIT_LOST, DRAINED -> 503;
                    default -> 480;
                };
        OutgoingResponse reply = OutgoingResponse.of(status).tagged(tag).with(SipHeader.reason(status, reason.code()));
        return status == 503 ? reply.with(SipHeader.retryAfter(SOON)) : reply;
    }

    /** This process takes no new calls. */
    public static OutgoingResponse draining() {
        return OutgoingResponse.of(503).with(SipHeader.reason(503, EndReason.DRAINED.code())).with(SipHeader.retryAfter(SOON));
    }

    /** What the edge can do (RFC 3261 section 11.2). */
    public static OutgoingResponse options() {
        return OutgoingResponse.of(200)
                .with(ALLOW)
                .with(new SipHeader("Accept", "application/sdp, " + ToldKey.RELAYED + ", " + ToldKey.PLAIN))
                .with(new SipHeader("Accept-Encoding", "identity"))
                .with(new SipHeader("Accept-Language", "en"))
                .with(SUPPORTED)
                .withContact();
    }

    /** The answer to an INFO. */
    static OutgoingResponse told(ToldKey key) {
        return switch (key) {
            case ToldKey.Pressed pressed -> OutgoingResponse.of(200);
            case ToldKey.Nothing nothing -> OutgoingResponse.of(200);
            case ToldKey.Unreadable unreadable -> OutgoingResponse.of(400);
            case ToldKey.Foreign foreign ->
                OutgoingResponse.of(415).with(new SipHeader("Accept", ToldKey.RELAYED + ", " + ToldKey.PLAIN));
        };
    }

    /** A request within a dialog that changes nothing there. */
    static OutgoingResponse other(String method) {
        return switch (method) {
            case SipRequest.OPTIONS -> options();
            case SipRequest.NOTIFY -> OutgoingResponse.of(200);
            default -> notAllowed(method);
        };
    }

    /** 405 for a method that exists, 501 for an unknown one (RFC 3261 sections 8.2.1 and 21.5.2). */
    public static OutgoingResponse notAllowed(String method) {
        return switch (method) {
            case "REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE", SipRequest.REFER, SipRequest.INFO, SipRequest.NOTIFY,
                            SipRequest.UPDATE, SipRequest.PRACK ->
                OutgoingResponse.of(405).with(ALLOW);
            default -> OutgoingResponse.of(501).with(ALLOW);
        };
    }
}
