package dev.trunkline.relay.bridge;

/** Forwards the phone's Opus to the room as it is. */
final class UntouchedUplink implements RoomUplink {
    /** The longest payload that a packet of a track takes; a frame of Opus has 1275 octets at most (RFC 6716 section 3.2.1). */
    private static final int LONGEST = 1_400;

    @Override
    public void send(
            RoomTrack track, int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        if (length > LONGEST) {
            return;
        }
        track.send(sequence, timestamp, marker, payload, offset, length);
    }
}
