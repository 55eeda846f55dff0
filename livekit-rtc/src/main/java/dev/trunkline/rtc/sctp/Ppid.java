package dev.trunkline.rtc.sctp;

/** Payload protocol identifiers of WebRTC (RFC 8831 section 8). SCTP has no empty messages: one zero byte represents one. */
final class Ppid {
    static final int DCEP = 50;
    static final int STRING = 51;
    static final int BINARY = 53;
    static final int STRING_EMPTY = 56;
    static final int BINARY_EMPTY = 57;

    private Ppid() {}

    static boolean isEmpty(int ppid) {
        return ppid == STRING_EMPTY || ppid == BINARY_EMPTY;
    }

    static boolean isBinary(int ppid) {
        return ppid == BINARY || ppid == BINARY_EMPTY;
    }

    static boolean isUserMessage(int ppid) {
        return ppid == STRING || ppid == BINARY || isEmpty(ppid);
    }
}
