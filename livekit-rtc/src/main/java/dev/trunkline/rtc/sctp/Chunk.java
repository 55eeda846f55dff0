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

    /** @param window free bytes of the receiver, unsigned */
    record Sack(int cumulativeTsn, long window, List<Gap> gaps, List<Integer> duplicates) implements Chunk {

        /** A run of received TSNs, as offsets from the cumulative one. */
        record Gap(int start, int end) {}
    }

    record Heartbeat(byte[] info) implements Chunk {}

    record HeartbeatAck(byte[] info) implements Chunk {}

    /** @param reflected whether it carries the sender's own idea of the tag (the T bit) */
    record Abort(boolean reflected) implements Chunk {}

    record Shutdown(int cumulativeTsn) implements Chunk {}

    record ShutdownAck() implements Chunk {}

    /** @param causes as they stand in the packet */
    record OperationError(byte[] causes) implements Chunk {}

    record CookieEcho(byte[] cookie) implements Chunk {}

    record CookieAck() implements Chunk {}

    /** @param reflected as in {@link Abort} */
    record ShutdownComplete(boolean reflected) implements Chunk {}

    /** RFC 3758 section 3.2: what will not be sent again. */
    record ForwardTsn(int cumulativeTsn, List<Skip> skips) implements Chunk {

        /** The last message of an ordered stream that is skipped. */
        record Skip(int streamId, int ssn) {}
    }

    /** RFC 6525 section 3.1. */
    record Reconfig(List<Parameter> parameters) implements Chunk {

        sealed interface Parameter {}

        /** The sender's outgoing streams start again from SSN 0; no stream named means all. */
        record ResetRequest(int sequence, int responseSequence, int lastTsn, List<Integer> streamIds)
                implements Parameter {}

        record Response(int sequence, int result) implements Parameter {}
    }

    /** A type that we do not know, with its header. */
    record Unknown(int type, byte[] bytes) implements Chunk {

        /** What follows it in the packet is not to be read (section 3.2, high bit). */
        boolean stops() {
            return (type & 0x80) == 0;
        }

        /** The sender wants to hear that it is not known. */
        boolean reported() {
            return (type & 0x40) != 0;
        }
    }
}
