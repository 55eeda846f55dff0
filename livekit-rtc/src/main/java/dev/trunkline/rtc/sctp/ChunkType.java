package dev.trunkline.rtc.sctp;

/** Numbers of chunks and parameters (IANA, SCTP Parameters). */
final class ChunkType {
    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int RE_CONFIG = 130;
    static final int FORWARD_TSN = 192;

    static final int PARAM_HEARTBEAT_INFO = 1;
    static final int PARAM_STATE_COOKIE = 7;
    static final int PARAM_UNRECOGNIZED = 8;
    static final int PARAM_RESET_REQUEST = 13;
    static final int PARAM_RECONFIG_RESPONSE = 16;
    static final int PARAM_SUPPORTED_EXTENSIONS = 0x8008;
    static final int PARAM_FORWARD_TSN = 0xC000;

    static final int CAUSE_UNRECOGNIZED_CHUNK = 6;

    private ChunkType() {}
}
