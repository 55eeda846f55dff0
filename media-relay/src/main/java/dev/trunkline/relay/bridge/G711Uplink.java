package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.rtp.Octets;

/**
 * Forwards G.711 as it is, or converts it by table if the room uses the other law. Packets that are longer than listeners are known to play
 * without a gap, and than a network carries unfragmented, go out in pieces of 20 ms; the sequence numbers after them shift accordingly.
 */
final class G711Uplink implements RoomUplink {
    private static final int OCTETS_A_MILLI = 8;
    private static final int LONGEST = 60 * OCTETS_A_MILLI;
    private static final int PIECE = 20 * OCTETS_A_MILLI;

    private final G711 law;
    private final boolean cross;
    private boolean everCut;
    private int lastCut;
    private int moved;

    G711Uplink(G711 ofPhone, G711 ofRoom) {
        this.law = ofPhone;
        this.cross = ofPhone != ofRoom;
    }

    @Override
    public void send(
            RoomTrack track, int sequence, long timestamp, boolean marker, byte[] codes, int offset, int length) {
        if (everCut && Octets.sequenceDistance(sequence, lastCut) <= 0) {
            // A late packet whose place is taken by other sequence numbers by now.
            return;
        }
        if (cross) {
            // In place: the receive buffer is ours until the handler returns.
            law.cross(codes, offset, length, codes, offset);
        }
        if (length <= LONGEST) {
            track.send(sequence + moved & 0xffff, timestamp, marker, codes, offset, length);
            return;
        }
        for (int from = 0; from < length; from += PIECE) {
            // One octet is one unit of the clock.
            track.send(
                    sequence + moved++ & 0xffff, timestamp + from & 0xffffffffL, marker && from == 0, codes, offset + from,
                    Math.min(PIECE, length - from));
        }
        moved--;
        everCut = true;
        lastCut = sequence;
    }
}
