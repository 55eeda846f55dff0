package dev.trunkline.edge.refresh;

import dev.trunkline.sip.message.SipHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This edge's policy for session timers.
 *
 * @param wanted seconds between refreshes if the other side leaves it to us and supports timers, and the most that we agree to
 *     unless the other side insists; 0 asks for none and agrees to any
 * @param minimum seconds; a shorter interval is refused with 422
 */
public record TimerPolicy(int wanted, int minimum) {

    public TimerPolicy {
        if (minimum < 1 || wanted != 0 && wanted < minimum) {
            throw new IllegalArgumentException("session timers of " + wanted + " s with a minimum of " + minimum
                    + " s: set trunkline.sip.min-se to 90S or more, and trunkline.sip.session-expires to no less than"
                    + " that, or to 0S for none");
        }
    }

    /** The outcome of a request's timer headers. */
    public sealed interface Verdict {
        /** 422 (RFC 4028 section 6). */
        record TooSmall(int minimum) implements Verdict {}

        /** @param headers of the 2xx; none if there is no timer */
        record Agreed(Optional<SessionTimer> timer, List<SipHeader> headers) implements Verdict {
            public static final Agreed NONE = new Agreed(Optional.empty(), List.of());
        }
    }

    /**
     * Judges a request as the answering side (RFC 4028 section 9).
     *
     * <pre>
     *   caller supports timers  names a refresher   then refreshes
     *   no                      any                 we do
     *   yes                     uac / uas           the named side
     *   yes                     none                the same side as before; we, if there was none
     * </pre>
     *
     * A caller that does not support timers has one all the same, unless none is wanted: else a phone that was unplugged while
     * its call was held would hold the call for ever.
     *
     * @param now of the dialog until then
     */
    public Verdict judge(TimerHeaders asked, Optional<SessionTimer> now) {
        boolean tooSmall = asked.expires().isPresent() && asked.expires().getAsInt() < minimum;
        if (tooSmall && asked.supported()) {
            return new Verdict.TooSmall(minimum);
        }
        int insisted = asked.minimum().orElse(0);
        int before = now.map(SessionTimer::seconds).orElse(wanted);
        int seconds;
        if (asked.expires().isPresent() && !tooSmall) {
            int most = wanted == 0 ? Integer.MAX_VALUE : Math.max(wanted, insisted);
            seconds = Math.min(asked.expires().getAsInt(), most);
        } else if (before > 0) {
            seconds = Math.max(before, insisted);
        } else {
            return Verdict.Agreed.NONE;
        }
        boolean ours = !asked.supported()
                || asked.refresher()
                        .map(who -> who == Refresher.UAS)
                        .orElse(now.map(SessionTimer::ours).orElse(true));
        int least = Math.max(insisted, now.map(SessionTimer::minimum).orElse(SessionTimer.LEAST));
        return agreed(new SessionTimer(seconds, least, ours, !asked.supported()));
    }

    /** Returns the headers of an INVITE of ours; none if no timer is wanted (RFC 4028 section 7.1). */
    public List<SipHeader> asking() {
        var headers = new ArrayList<SipHeader>();
        if (wanted > 0) {
            headers.add(new SipHeader("Session-Expires", Integer.toString(wanted)));
            if (minimum > SessionTimer.LEAST) {
                headers.add(SessionTimer.minimum(minimum));
            }
        }
        return headers;
    }

    /** As above, after a 422 (RFC 4028 section 7.4). @param insisted seconds of its Min-SE */
    public List<SipHeader> asking(int insisted) {
        int least = Math.max(minimum, insisted);
        return List.of(
                new SipHeader("Session-Expires", Integer.toString(Math.max(wanted, least))), SessionTimer.minimum(least));
    }

    /**
     * Returns the timer of the calling side (RFC 4028 section 7.2). A callee that names no timer has one all the same, unless
     * none is wanted, and we refresh.
     *
     * @param answer of the 2xx to our INVITE
     */
    public Optional<SessionTimer> called(TimerHeaders answer) {
        if (answer.expires().isEmpty()) {
            return wanted == 0
                    ? Optional.empty()
                    : Optional.of(new SessionTimer(wanted, SessionTimer.LEAST, true, !answer.supported()));
        }
        boolean theirs = answer.refresher().filter(who -> who == Refresher.UAS).isPresent();
        int seconds = Math.max(answer.expires().getAsInt(), SessionTimer.LEAST);
        return Optional.of(new SessionTimer(seconds, SessionTimer.LEAST, !theirs));
    }

    private static Verdict agreed(SessionTimer timer) {
        var headers = new ArrayList<SipHeader>();
        headers.add(timer.expires(timer.ours() ? Refresher.UAS : Refresher.UAC));
        if (!timer.ours()) {
            // RFC 4028 section 9: the caller must know that it is to refresh.
            headers.add(new SipHeader("Require", "timer"));
        }
        return new Verdict.Agreed(Optional.of(timer), headers);
    }
}
