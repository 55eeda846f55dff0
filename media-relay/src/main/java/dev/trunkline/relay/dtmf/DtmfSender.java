package dev.trunkline.relay.dtmf;

import java.util.ArrayDeque;

/**
 * Turns keys into telephone-event packets, one per frame of 20 ms: while the key is down the duration grows, then the last
 * packet is sent three times with the end bit (RFC 4733 section 2.5.1.4), then comes a pause. Not thread-safe.
 *
 * <pre>
 *   IDLE --press()--> TONE (100 ms) --> END (three packets) --> PAUSE (60 ms) --> TONE of the next key, or IDLE
 * </pre>
 */
public final class DtmfSender {
    public static final int PAYLOAD_LENGTH = 4;
    static final int TONE_FRAMES = 5;
    /** How long each key is down. */
    public static final int TONE_MILLIS = TONE_FRAMES * 20;
    static final int END_PACKETS = 3;
    static final int PAUSE_FRAMES = 3;
    /** Time from the start of one key to the start of the next. */
    public static final int KEY_MILLIS = (TONE_FRAMES + END_PACKETS + PAUSE_FRAMES) * 20;
    /** −10 dBm0, as most gateways send. */
    private static final int VOLUME = 10;
    /** Number of keys that may wait; if a program sends more than anybody could dial, the rest is dropped. */
    private static final int MOST_WAITING = 64;

    private final ArrayDeque<DtmfKey> waiting = new ArrayDeque<>();
    private final byte[] payload = new byte[PAYLOAD_LENGTH];
    private int frame = -1;
    private int event;
    private long timestamp;

    /** @return false if too many keys wait already */
    public boolean press(DtmfKey key) {
        return waiting.size() < MOST_WAITING && waiting.add(key);
    }

    /** Drops every key, even one that is down. */
    public void clear() {
        waiting.clear();
        frame = -1;
    }

    /** Returns whether frames belong to a key and not to audio. */
    public boolean busy() {
        return frame >= 0 || !waiting.isEmpty();
    }

    /**
     * One frame passes.
     *
     * @param now RTP timestamp of the frame
     * @param frameUnits its length by the clock of the keys
     * @return true if a packet is to be sent: {@link #payload()}, {@link #timestamp()}, {@link #marker()}
     */
    public boolean next(long now, int frameUnits) {
        if (frame < 0 && !waiting.isEmpty()) {
            event = waiting.poll().code();
            timestamp = now;
            frame = 0;
        }
        if (frame < 0) {
            return false;
        }
        int current = frame++;
        if (current < TONE_FRAMES + END_PACKETS) {
            write(Math.min(current + 1, TONE_FRAMES) * frameUnits, current >= TONE_FRAMES);
            return true;
        }
        if (frame == TONE_FRAMES + END_PACKETS + PAUSE_FRAMES) {
            frame = -1;
        }
        return false;
    }

    private void write(int duration, boolean end) {
        payload[0] = (byte) event;
        payload[1] = (byte) ((end ? 0x80 : 0) | VOLUME);
        payload[2] = (byte) (duration >> 8);
        payload[3] = (byte) duration;
    }

    /** Returns four octets, which each {@link #next} overwrites. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the timestamp, which is the same for all packets of a key: that of its first frame. */
    public long timestamp() {
        return timestamp;
    }

    /** Returns true for the first packet of a key. */
    public boolean marker() {
        return frame == 1;
    }
}
