package dev.trunkline.sip;

/** An outgoing request in progress (RFC 3261 section 17.1). Thread-safe. */
public interface ClientTransaction {

    /**
     * Cancels an INVITE (RFC 3261 section 9.1). The CANCEL is sent once a provisional response has arrived. The outcome is
     * reported as usual: normally 487, or a 2xx if the two crossed, which must be acknowledged and ended by BYE. Has no effect
     * on other requests, nor on a request that has its final response.
     */
    void cancel();
}
