package dev.trunkline.sip;

/** A request of ours that is under way (RFC 3261 section 17.1). Thread-safe. */
public interface ClientTransaction {

    /**
     * Gives an INVITE up (RFC 3261 section 9.1): the CANCEL goes once a provisional response is here. Its outcome is told as
     * ever: 487 as a rule, a 2xx if they crossed, which is to be acknowledged and ended by BYE. Does nothing to other
     * requests and to one that is answered.
     */
    void cancel();
}
