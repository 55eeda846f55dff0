package dev.trunkline.sip.transaction;

/** The timers of RFC 3261 section 17 and RFC 6026 section 8.7, table 4 of RFC 3261. C is a proxy's. */
public enum Timer {
    /** INVITE is sent again, by UDP (RFC 3261 section 17.1.1.2). */
    A,
    /** No response to INVITE. */
    B,
    /** Repetitions of a final response other than 2xx are acknowledged for so long (RFC 3261 section 17.1.1.2). */
    D,
    /** A request other than INVITE is sent again, by UDP (RFC 3261 section 17.1.2.2). */
    E,
    /** No final response to a request other than INVITE. */
    F,
    /** A final response to INVITE other than 2xx is sent again, by UDP (RFC 3261 section 17.2.1). */
    G,
    /** Its ACK did not come. */
    H,
    /** Repetitions of its ACK are absorbed for so long. */
    I,
    /** Repetitions of a request other than INVITE are answered for so long (RFC 3261 section 17.2.2). */
    J,
    /** Repetitions of a final response are absorbed for so long (RFC 3261 section 17.1.2.2). */
    K,
    /** Repetitions of an INVITE that was accepted are absorbed for so long (RFC 6026 section 8.7). */
    L,
    /** Further 2xx are handed on for so long (RFC 6026 section 8.4). */
    M,
    /** 200 ms without a response of the user: the transaction says 100 by itself (RFC 3261 section 17.2.1). */
    TRYING
}
