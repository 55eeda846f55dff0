package dev.trunkline.sip.transport;

/** Why a stream can be read no further: nobody knows any more where the next message begins. */
public enum StreamFault {
    /** What comes is no SIP. */
    NOT_SIP,
    /** No message may be so long. */
    TOO_LONG,
    /** The Content-Length is no number, is negative, or there are two that differ. */
    WRONG_LENGTH
}
