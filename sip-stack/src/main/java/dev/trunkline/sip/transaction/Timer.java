package dev.trunkline.sip.transaction;

/** The timers of RFC 3261 section 17 and RFC 6026 section 8.7, table 4 of RFC 3261. Timer C belongs to proxies. */
public enum Timer {
    /** INVITE is sent again over UDP (RFC 3261 section 17.1.1.2). */
    A,
    /** No response to INVITE. */
    B,
    /** How long retransmissions of a final response other than 2xx are acknowledged (RFC 3261 section 17.1.1.2). */
    D,
    /** A request other than INVITE is sent again over UDP (RFC 3261 section 17.1.2.2). */
    E,
    /** No final response to a request other than INVITE. */
    F,
    /** A final response to INVITE other than 2xx is sent again over UDP (RFC 3261 section 17.2.1). */
    G,
    /** Its ACK did not arrive. */
    H,
    /** How long retransmissions of its ACK are absorbed. */
    I,
    /** How long retransmissions of a request other than INVITE are answered (RFC 3261 section 17.2.2). */
    J,
    /** How long retransmissions of a final response are absorbed (RFC 3261 section 17.1.2.2). */
    K,
    /** How long retransmissions of an accepted INVITE are absorbed (RFC 6026 section 8.7). */
    L,
    /** How long further 2xx are handed on (RFC 6026 section 8.4). */
    M,
    /** 200 ms without a response of the user: the transaction sends 100 itself (RFC 3261 section 17.2.1). */
    TRYING
}
