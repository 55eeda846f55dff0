package dev.trunkline.relay.bridge;

/**
 * Packets of one call, by what became of them. Lives on the call's media loop. A component that keeps totals takes the difference from
 * the last time, so nothing shared is touched per packet.
 */
public final class PacketCounts {
    /** What can become of a packet. */
    public enum Kind {
        /** Audio from the phone, forwarded to the room. */
        PHONE_TO_ROOM,
        /** Audio and keys sent to the phone. */
        ROOM_TO_PHONE,
        /** Audio from the room that the phone was not to hear: before the answer, on hold, while a key is sent. */
        ROOM_UNUSED,
        /** Not from the phone's source. */
        WRONG_SOURCE,
        /** Not authenticated by the agreed SRTP key, or a replay. */
        UNAUTHENTIC,
        /** Neither RTP nor RTCP. */
        MALFORMED,
        /** Comfort noise from the phone (RFC 3389): the room hears silence. */
        COMFORT_NOISE,
        /** A payload type that was not negotiated. */
        OTHER_PAYLOAD,
        /** Repeated or too old. */
        LATE,
        /** More than the codec can need, from the phone or from somebody in the room. */
        TOO_MANY,
        /** From the phone while the room was not joined or the direction did not allow it. */
        UNWANTED,
        /** The socket did not accept it. */
        UNSENT
    }

    private static final Kind[] KINDS = Kind.values();

    private final long[] counts = new long[KINDS.length];
    private final long[] reported = new long[KINDS.length];

    void add(Kind kind) {
        counts[kind.ordinal()]++;
    }

    public long get(Kind kind) {
        return counts[kind.ordinal()];
    }

    /** Receives the growth of each kind since the last call. */
    public interface Reader {
        void grew(Kind kind, long by);
    }

    void report(Reader reader) {
        for (Kind kind : KINDS) {
            int i = kind.ordinal();
            if (counts[i] != reported[i]) {
                reader.grew(kind, counts[i] - reported[i]);
                reported[i] = counts[i];
            }
        }
    }
}
