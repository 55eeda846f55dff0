package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.relay.audio.Beeper.Signal;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.pin.PinEntry.Verdict;
import dev.trunkline.relay.pin.PinThrottle;
import dev.trunkline.relay.pin.PinThrottle.Standing;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Stands between a caller and the room until the PIN is entered: prompts by tones, allows time, and judges. Used in the call's
 * queue only. Which keys are pressed is never published.
 *
 * <pre>
 *   WAITING --answered, or a key--> [PAUSED -->] ASKING --the right PIN--> OPEN
 *      |                                |          |
 *      `---------the call is over-------+----------+--three wrong ones, or too many over all calls--> SHUT
 * </pre>
 *
 * A caller who entered wrong PINs in earlier calls waits before each try, see {@link PinThrottle}; keys are ignored meanwhile, and the
 * caller hears that, as the pause begins and with each key.
 *
 * A phone gets its answer before the relay learns of it, so the first keys may come before call.answered: they count.
 */
final class PinGate {
    /** Time for each try. */
    static final Duration TIME = Duration.ofSeconds(10);

    /** How long after the last digit a # still belongs to the PIN. */
    private static final Duration HASH_TIME = Duration.ofSeconds(3);
    private static final Logger LOG = Logger.getLogger(PinGate.class);

    private enum State {
        WAITING, PAUSED, ASKING, OPEN, SHUT
    }

    private final String label;
    private final PinEntry entry;
    private final Consumer<Signal> signals;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private final Consumer<Verdict> judged;
    private final PinThrottle throttle;
    private final String caller;
    private Optional<LoopTimer> timer = Optional.empty();
    private State state = State.WAITING;
    private boolean hashMayFollow;
    /** The gate's keys that were pressed and not yet released. */
    private int down;

    /**
     * @param signals plays a signal to the caller
     * @param throttle counts wrong tries across calls
     * @param caller the throttle's key of the caller
     * @param judged called once, in the queue: {@link Verdict#LET_IN} or {@link Verdict#REFUSED}
     */
    PinGate(
            String label,
            PinEntry entry,
            Consumer<Signal> signals,
            MediaLoop loop,
            SerialQueue queue,
            PinThrottle throttle,
            String caller,
            Consumer<Verdict> judged) {
        this.label = label;
        this.entry = entry;
        this.signals = signals;
        this.loop = loop;
        this.queue = queue;
        this.throttle = throttle;
        this.caller = caller;
        this.judged = judged;
    }

    /** @return whether the released key was the gate's; not even the rhythm of those keys is published */
    boolean takesRelease() {
        boolean ours = down > 0;
        down = ours ? down - 1 : 0;
        return ours;
    }

    /** The caller can hear and be heard, as far as the relay knows. */
    void begin() {
        if (state == State.WAITING) {
            LOG.infof("%s asking for the PIN", label);
            ask(Signal.ASK, throttle.standing(caller));
        }
    }

    /** The call is over: there are no more prompts or judgements. */
    void shut() {
        timer.ifPresent(LoopTimer::cancel);
        if (state != State.OPEN) {
            state = State.SHUT;
        }
    }

    private void ask(Signal signal, Standing standing) {
        switch (standing) {
            case Standing.Refused() -> {
                LOG.infof("%s too many wrong PINs from this caller", label);
                shut();
                judged.accept(Verdict.REFUSED);
            }
            case Standing.Welcome(long pauseMillis) when pauseMillis == 0 -> ask(signal);
            case Standing.Welcome(long pauseMillis) -> {
                state = State.PAUSED;
                signals.accept(Signal.WAIT);
                later(Duration.ofMillis(pauseMillis), () -> {
                    if (state == State.PAUSED) {
                        ask(signal);
                    }
                });
            }
        }
    }

    private void ask(Signal signal) {
        state = State.ASKING;
        signals.accept(signal);
        int tries = entry.wrongTries();
        later(TIME, () -> {
            if (state == State.ASKING && entry.wrongTries() == tries) {
                LOG.infof("%s no PIN within %d s", label, TIME.toSeconds());
                follow(entry.timedOut());
            }
        });
    }

    /** Schedules the task in place of any earlier one. */
    private void later(Duration delay, Runnable task) {
        timer.ifPresent(LoopTimer::cancel);
        timer = Optional.of(loop.schedule(delay, () -> queue.execute(task)));
    }

    /** @return whether the key was the gate's; the room gets the others */
    boolean takes(DtmfKey key) {
        boolean ours = isOfThePin(key);
        down += ours ? 1 : 0;
        return ours;
    }

    private boolean isOfThePin(DtmfKey key) {
        begin();
        switch (state) {
            case ASKING -> {
                boolean hash = key.digit().equals("#");
                follow(entry.pressed(key));
                hashMayFollow = !hash;
                return true;
            }
            case PAUSED -> {
                signals.accept(Signal.WAIT);
                return true;
            }
            case WAITING, SHUT -> {
                return true;
            }
            case OPEN -> {
                boolean ofThePin = hashMayFollow && key.digit().equals("#");
                hashMayFollow = false;
                return ofThePin;
            }
        }
        throw new IllegalStateException("a gate in no state");
    }

    private void follow(Verdict verdict) {
        switch (verdict) {
            case MORE -> {
                // The try continues.
            }
            case AGAIN -> {
                LOG.infof("%s the PIN was wrong, %d of %d tries", label, entry.wrongTries(), PinEntry.TRIES);
                ask(Signal.AGAIN, throttle.wrong(caller));
            }
            case LET_IN -> {
                LOG.infof("%s the PIN was right", label);
                throttle.right(caller);
                state = State.OPEN;
                later(HASH_TIME, () -> hashMayFollow = false);
                judged.accept(verdict);
            }
            case REFUSED -> {
                LOG.infof("%s the PIN was wrong, no tries are left", label);
                throttle.wrong(caller);
                shut();
                judged.accept(verdict);
            }
        }
    }
}
