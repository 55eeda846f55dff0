package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys that are dialled to the party called right after the answer, such as an extension: meanwhile the room sees the call as
 * {@code automation}. Used in the call's queue only.
 */
final class DialledKeys {
    private static final char PAUSE = 'w';
    private static final int PAUSE_MILLIS = 500;

    private final String keys;
    private final CallRoom here;
    private final CallMedia media;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private boolean begun;
    private boolean over;
    private Optional<LoopTimer> timer = Optional.empty();

    /** @param keys as in {@link dev.trunkline.events.privacy.DialExtras#keys}; empty for none */
    DialledKeys(String keys, CallRoom here, CallMedia media, MediaLoop loop, SerialQueue queue) {
        this.keys = keys;
        this.here = here;
        this.media = media;
        this.loop = loop;
        this.queue = queue;
        this.over = keys.isEmpty();
    }

    /**
     * The phone has answered.
     *
     * @param then run in the queue once people may talk: at once if there are no keys, or they were dialled
     */
    void begin(Runnable then) {
        if (over) {
            then.run();
        } else if (!begun) {
            begun = true;
            here.status(SipParticipant.AUTOMATION);
            press(0, then);
        }
    }

    private void press(int at, Runnable then) {
        if (over) {
            return;
        }
        if (at == keys.length()) {
            over = true;
            then.run();
            return;
        }
        char key = keys.charAt(at);
        DtmfKey.ofDigit(String.valueOf(key)).ifPresent(media::press);
        timer = Optional.of(loop.schedule(
                Duration.ofMillis(key == PAUSE ? PAUSE_MILLIS : DtmfSender.KEY_MILLIS), () -> queue.execute(() -> press(at + 1, then))));
    }

    /** The call is over: the remaining keys are not dialled. */
    void close() {
        over = true;
        timer.ifPresent(LoopTimer::cancel);
    }
}
