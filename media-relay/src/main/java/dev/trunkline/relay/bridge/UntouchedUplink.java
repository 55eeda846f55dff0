package dev.trunkline.relay.bridge;

/** The phone's Opus is the room's Opus. */
final class UntouchedUplink implements RoomUplink {
    /** No more goes into one packet of a track; a frame of Opus has 1275 octets at most (RFC 6716 section 3.2.1). */
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
