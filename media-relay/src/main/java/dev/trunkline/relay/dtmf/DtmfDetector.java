package dev.trunkline.relay.dtmf;

import dev.trunkline.rtc.rtp.Octets;

/**
 * Finds key presses among the packets of one telephone-event stream. An event consists of many packets with one timestamp: some while
 * the key is down, then three with the end bit (RFC 4733 section 2.5.1). Each press is reported once, from whichever of its packets
 * comes first. Not thread-safe; allocates nothing except for a press.
 *
 * <pre>
 *   IDLE --packet of another press--> DOWN --its end bit, or another press--> IDLE
 * </pre>
 *
 * Some senders give each packet a new timestamp, or only the repeated end packets, contrary to section 2.5.1.2. So a packet also belongs to
 * the same press if it continues the sequence without a marker (which begins an event, section 2.5.1.1), with the same code and a growing
 * duration; the segments of one long press (section 2.5.1.3) follow each other too. The same key pressed twice begins a new press: with a
 * marker, or with a short duration.
 */
public final class DtmfDetector {
    /** A long press continues in a new segment when its duration has filled 16 bits (section 2.5.1.3). */
    private static final int SEGMENT_UNITS = 0xffff;
    /** A packet up to this many sequence numbers later still continues the press: some packets may be lost. */
    private static final int MOST_LOST = 4;
    /**
     * Packets this far behind are late, and belong to a press that was reported; packets farther behind come from a sender that restarted.
     */
    private static final int MOST_LATE = 100;

    /** Receives presses. */
    public interface Listener {
        void pressed(DtmfKey key);

        /** The press is over. @param millis how long the key was down, as far as the packets tell */
        void released(DtmfKey key, int millis);
    }

    private final Listener listener;
    private int unitsAMilli = 8;
    private boolean any;
    private boolean down;
    private long ssrc;
    private int sequence;
    private long timestamp;
    private int event;
    private int duration;
    private int earlierSegments;

    public DtmfDetector(Listener listener) {
        this.listener = listener;
    }

    /** Sets the clock rate of durations, in Hz. */
    public void clock(int rate) {
        unitsAMilli = rate / 1_000;
    }

    /**
     * Takes the payload of one telephone-event packet; ignores damaged packets and events that are no key.
     *
     * @param marker from the packet's header, as are the numbers before it
     */
    public void packet(
            long packetSsrc,
            int packetSequence,
            boolean marker,
            long packetTimestamp,
            byte[] buffer,
            int offset,
            int length) {
        if (length < 4 || DtmfKey.of(buffer[offset] & 0xff).isEmpty()) {
            return;
        }
        int packetEvent = buffer[offset] & 0xff;
        boolean end = (buffer[offset + 1] & 0x80) != 0;
        int packetDuration = Octets.uint16(buffer, offset + 2);
        boolean sameSender = any && packetSsrc == ssrc;
        int ahead = Octets.sequenceDistance(packetSequence, sequence);
        if (sameSender && ahead <= 0 && ahead > -MOST_LATE) {
            return;
        }
        boolean inSequence = sameSender && ahead > 0 && ahead <= MOST_LOST && packetEvent == event && !marker;
        boolean samePress = sameSender && packetEvent == event && packetTimestamp == timestamp;
        int later = Octets.timestampDistance(packetTimestamp, timestamp);
        boolean grown = inSequence && down && packetDuration > duration;
        boolean nextSegment = down && sameSender && packetEvent == event && !grown
                && (later == SEGMENT_UNITS || inSequence && later == duration && later > 0);
        boolean repeatedEnd = inSequence && end && packetDuration == duration;
        if (nextSegment) {
            earlierSegments += later;
            duration = 0;
        } else if (!samePress && !grown && !repeatedEnd) {
            begin(packetEvent);
        }
        any = true;
        ssrc = packetSsrc;
        sequence = packetSequence;
        timestamp = packetTimestamp;
        if (down) {
            duration = Math.max(duration, packetDuration);
            if (end) {
                release();
            }
        }
    }

    private void begin(int packetEvent) {
        release();
        down = true;
        event = packetEvent;
        duration = 0;
        earlierSegments = 0;
        listener.pressed(new DtmfKey(packetEvent));
    }

    private void release() {
        if (down) {
            down = false;
            listener.released(new DtmfKey(event), (earlierSegments + duration) / unitsAMilli);
        }
    }
}
