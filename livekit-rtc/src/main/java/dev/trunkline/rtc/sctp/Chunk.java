package dev.trunkline.rtc.sctp;

import java.util.List;

/** A chunk of an SCTP packet (RFC 9260 section 3.3), parsed. */
sealed interface Chunk {

    /** User data: one fragment of a message. */
    record Data(int tsn, int streamId, int ssn, int ppid, Flags flags, byte[] payload) implements Chunk {

        /** The four flags of section 3.3.1. */
        record Flags(boolean immediate, boolean unordered, boolean first, boolean last) {}
    }

    record Init(InitParameters parameters) implements Chunk {}

    record InitAck(InitParameters parameters) implements Chunk {}

    /** @param window free bytes at the receiver, unsigned */
    record Sack(int cumulativeTsn, long window, List<Gap> gaps, List<Integer> duplicates) implements Chunk {

        /** A run of received TSNs, as offsets from the cumulative one. */
        record Gap(int start, int end) {}
    }

    record Heartbeat(byte[] info) implements Chunk {}

    record HeartbeatAck(byte[] info) implements Chunk {}

    /** @param reflected whether it carries the sender's own tag instead of the receiver's (the T bit) */
    record Abort(boolean reflected) implements Chunk {}

    record Shutdown(int cumulativeTsn) implements Chunk {}

    record ShutdownAck() implements Chunk {}

    /** @param causes as encoded in the packet */
    record OperationError(byte[] causes) implements Chunk {}

    record CookieEcho(byte[] cookie) implements Chunk {}

    record CookieAck() implements Chunk {}

    /** @param reflected as in {@link Abort} */
    record ShutdownComplete(boolean reflected) implements Chunk {}

    /** RFC 3758 section 3.2: data that will not be sent again. */
    record ForwardTsn(int cumulativeTsn, List<Skip> skips) implements Chunk {

        /** The last skipped message of an ordered stream. */
        record Skip(int streamId, int ssn) {}
    }

    /** RFC 6525 section 3.1. */
    record Reconfig(List<Parameter> parameters) implements Chunk {

        sealed interface Parameter {}

        /** The sender's outgoing streams restart from SSN 0; an empty list means all streams. */
        record ResetRequest(int sequence, int responseSequence, int lastTsn, List<Integer> streamIds)
                implements Parameter {}

        record Response(int sequence, int result) implements Parameter {}
    }

    /** A chunk of an unknown type, with its header. */
    record Unknown(int type, byte[] bytes) implements Chunk {

        /** Whether the rest of the packet must be ignored (section 3.2, high bit). */
        boolean stops() {
            return (type & 0x80) == 0;
        }

        /** Whether the sender wants to be told that the type is unknown. */
        boolean reported() {
            return (type & 0x40) != 0;
        }
    }
}
