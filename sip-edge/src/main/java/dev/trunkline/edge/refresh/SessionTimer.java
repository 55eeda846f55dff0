package dev.trunkline.edge.refresh;

import dev.trunkline.sip.message.SipHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The session timer of a dialog as both sides agreed on it.
 *
 * @param seconds in which a refresh must come
 * @param minimum seconds below which somebody on the way takes no interval
 * @param ours whether it is we who refresh
 * @param probing the other side knows no session timers: our refresh asks whether it is there, and any answer of its own says
 *     so (RFC 4028 section 9 lets the one who answers keep a timer alone)
 */
public record SessionTimer(int seconds, int minimum, boolean ours, Boolean probing) {
    public SessionTimer {
        // An older edge may have sealed it.
        probing = probing != null && probing;
    }

    /** RFC 4028 section 4: the lowest Min-SE, which goes without saying. */
    static final int LEAST = 90;

    private static final int MARGIN_SECONDS = 32;

    /** With a side that knows session timers. */
    public SessionTimer(int seconds, int minimum, boolean ours) {
        this(seconds, minimum, ours, false);
    }

    /** Half the interval (RFC 4028 section 10). */
    public Duration refreshAfter() {
        return Duration.ofMillis(seconds * 500L);
    }

    /** A little before the interval is over: 32 s or a third of it (RFC 4028 section 10). */
    public Duration endsAfter() {
        return Duration.ofMillis(seconds * 1000L - Math.min(MARGIN_SECONDS * 1000L, seconds * 1000L / 3));
    }

    /** After a 422 that wants more. */
    public SessionTimer raised(int wanted) {
        return new SessionTimer(Math.max(seconds, wanted), Math.max(minimum, wanted), ours, probing);
    }

    /** What a refresh of ours says (RFC 4028 section 7.4). */
    public List<SipHeader> asking() {
        var headers = new ArrayList<SipHeader>();
        headers.add(new SipHeader("Supported", "timer"));
        headers.add(expires(Refresher.UAC));
        if (minimum > LEAST) {
            headers.add(minimum(minimum));
        }
        return headers;
    }

    /** After a 2xx to our refresh. Without a Session-Expires in it we go on as before (RFC 4028 section 7.2). */
    public SessionTimer accepted(TimerHeaders answer) {
        if (answer.expires().isEmpty()) {
            return this;
        }
        boolean theirs = answer.refresher().filter(who -> who == Refresher.UAS).isPresent();
        // Nobody may lower it below what we said that somebody insists on.
        int agreed = Math.max(Math.min(answer.expires().getAsInt(), seconds), Math.min(minimum, seconds));
        return new SessionTimer(agreed, minimum, !theirs, probing && !theirs);
    }

    SipHeader expires(Refresher refresher) {
        return new SipHeader("Session-Expires", seconds + ";refresher=" + refresher.code());
    }

    /** {@code Min-SE} (RFC 4028 section 5). */
    public static SipHeader minimum(int seconds) {
        return new SipHeader("Min-SE", Integer.toString(seconds));
    }
}
