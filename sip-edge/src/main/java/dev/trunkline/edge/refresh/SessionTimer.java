package dev.trunkline.edge.refresh;

import dev.trunkline.sip.message.SipHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The session timer of a dialog as both sides agreed on it.
 *
 * @param seconds in which a refresh must come
 * @param minimum seconds below which an element on the path accepts no interval
 * @param ours whether we refresh
 * @param probing the other side does not support session timers: our refresh asks whether it is there, and any answer of its
 *     own confirms that (RFC 4028 section 9 lets the answering side keep a timer alone)
 */
public record SessionTimer(int seconds, int minimum, boolean ours, Boolean probing) {
    public SessionTimer {
        // An older edge may have sealed it.
        probing = probing != null && probing;
    }

    /** RFC 4028 section 4: the lowest Min-SE, which is implied. */
    static final int LEAST = 90;

    private static final int MARGIN_SECONDS = 32;

    /** A timer with a side that supports session timers. */
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

    /** Returns the timer after a 422 that wants more. */
    public SessionTimer raised(int wanted) {
        return new SessionTimer(Math.max(seconds, wanted), Math.max(minimum, wanted), ours, probing);
    }

    /** Returns the headers of a refresh of ours (RFC 4028 section 7.4). */
    public List<SipHeader> asking() {
        var headers = new ArrayList<SipHeader>();
        headers.add(new SipHeader("Supported", "timer"));
        headers.add(expires(Refresher.UAC));
        if (minimum > LEAST) {
            headers.add(minimum(minimum));
        }
        return headers;
    }

    /** Returns the timer after a 2xx to our refresh. Without a Session-Expires in it we continue as before (RFC 4028 section 7.2). */
    public SessionTimer accepted(TimerHeaders answer) {
        if (answer.expires().isEmpty()) {
            return this;
        }
        boolean theirs = answer.refresher().filter(who -> who == Refresher.UAS).isPresent();
        // Nobody may lower it below the minimum that we passed on.
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
