package dev.trunkline.relay.dtmf;

import java.util.ArrayDeque;

/**
 * Turns keys into telephone-event packets, one a frame of 20 ms: while the key is down the duration grows, then the last
 * packet is sent three times with the end bit (RFC 4733 section 2.5.1.4), then a pause. Not thread-safe.
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
    /** From one key to the next. */
    public static final int KEY_MILLIS = (TONE_FRAMES + END_PACKETS + PAUSE_FRAMES) * 20;
    /** −10 dBm0, as most gateways send. */
    private static final int VOLUME = 10;
    /** Keys that may wait; a program that sends more than anybody could dial loses the rest. */
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

    /** Forgets every key, even one that is down. */
    public void clear() {
        waiting.clear();
        frame = -1;
    }

    /** Whether frames belong to a key and not to audio. */
    public boolean busy() {
        return frame >= 0 || !waiting.isEmpty();
    }

    /**
     * One frame passes.
     *
     * @param now RTP timestamp of the frame
     * @param frameUnits how long it is by the clock of the keys
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

    /** Four octets, written anew by each {@link #next}. */
    public byte[] payload() {
        return payload;
    }

    /** The same for all packets of a key: that of its first frame. */
    public long timestamp() {
        return timestamp;
    }

    /** True for the first packet of a key. */
    public boolean marker() {
        return frame == 1;
    }
}
