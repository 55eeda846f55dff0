package dev.trunkline.relay.dtmf;

import dev.trunkline.relay.rtp.Octets;

/**
 * Finds key presses among the packets of one telephone-event stream. An event is many packets of one timestamp: some while
 * the key is down, then three with the end bit (RFC 4733 section 2.5.1). Each press is reported once, from whichever
 * of its packets comes first. Not thread-safe; allocates nothing but for a press.
 *
 * <pre>
 *   IDLE --packet with a new timestamp--> DOWN --its end bit, or another press--> IDLE
 * </pre>
 */
public final class DtmfDetector {
    /** A long press goes on as a new segment when its duration has filled 16 bits (section 2.5.1.3). */
    private static final int SEGMENT_UNITS = 0xffff;
    /** Timestamps this far behind belong to a press that was reported already. */
    private static final int STALE_MILLIS = 2_000;

    /** Is told of presses. */
    public interface Listener {
        void pressed(DtmfKey key);

        /** The press is over. @param millis how long the key was down, as far as packets told */
        void released(DtmfKey key, int millis);
    }

    private final Listener listener;
    private int unitsAMilli = 8;
    private boolean any;
    private boolean down;
    private long timestamp;
    private int event;
    private int duration;
    private int earlierSegments;

    public DtmfDetector(Listener listener) {
        this.listener = listener;
    }

    /** Durations are counted by this clock, in Hz. */
    public void clock(int rate) {
        unitsAMilli = rate / 1_000;
    }

    /** Takes the payload of one telephone-event packet; what is damaged or no key is passed over. */
    public void packet(long packetTimestamp, byte[] buffer, int offset, int length) {
        if (length < 4 || DtmfKey.of(buffer[offset] & 0xff).isEmpty()) {
            return;
        }
        int packetEvent = buffer[offset] & 0xff;
        boolean end = (buffer[offset + 1] & 0x80) != 0;
        int packetDuration = Octets.uint16(buffer, offset + 2);
        if (!any || packetTimestamp != timestamp) {
            int ahead = any ? Octets.timestampDistance(packetTimestamp, timestamp) : 1;
            if (ahead < 0 && ahead > -STALE_MILLIS * unitsAMilli) {
                return;
            }
            begin(packetTimestamp, packetEvent, ahead);
        } else if (!down) {
            // The second and third of the end packets.
            return;
        }
        duration = Math.max(duration, packetDuration);
        if (end) {
            release();
        }
    }

    private void begin(long packetTimestamp, int packetEvent, int ahead) {
        boolean nextSegment = down && packetEvent == event && ahead == SEGMENT_UNITS;
        if (nextSegment) {
            earlierSegments += SEGMENT_UNITS;
        } else {
            release();
            earlierSegments = 0;
        }
        any = true;
        down = true;
        timestamp = packetTimestamp;
        event = packetEvent;
        duration = 0;
        if (!nextSegment) {
            listener.pressed(new DtmfKey(event));
        }
    }

    private void release() {
        if (down) {
            down = false;
            listener.released(new DtmfKey(event), (earlierSegments + duration) / unitsAMilli);
        }
    }
}
