package dev.trunkline.relay.bridge;

/** The phone's Opus is the room's Opus. */
final class UntouchedUplink implements RoomUplink {
    @Override
    public void send(
            RoomTrack track, int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        track.send(sequence, timestamp, marker, payload, offset, length);
    }
}
