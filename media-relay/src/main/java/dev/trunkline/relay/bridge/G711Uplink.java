package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.codec.G711;

/** G.711 as it is, or by table where the room took the other law. */
final class G711Uplink implements RoomUplink {
    private final G711 law;
    private final boolean cross;

    G711Uplink(G711 ofPhone, G711 ofRoom) {
        this.law = ofPhone;
        this.cross = ofPhone != ofRoom;
    }

    @Override
    public void send(
            RoomTrack track, int sequence, long timestamp, boolean marker, byte[] codes, int offset, int length) {
        if (cross) {
            // In place: the receive buffer is ours until the handler returns.
            law.cross(codes, offset, length, codes, offset);
        }
        track.send(sequence, timestamp, marker, codes, offset, length);
    }
}
