package dev.trunkline.sip.message;

/** The result of parsing octets. */
public sealed interface Parsed {
    record Request(SipRequest request) implements Parsed {}

    record Response(SipResponse response) implements Parsed {}

    /**
     * A request that cannot be accepted but can be answered.
     *
     * @param reply the whole response, ready to be sent: Via, From, To, Call-ID and CSeq as far as the request has them, a tag
     *     derived from the request, the flaw's status and a Warning
     */
    record Refused(Flaw flaw, byte[] reply) implements Parsed {}

    /** Octets that cannot be answered: keep-alives, STUN, RTP, damaged responses and ACKs. */
    record Ignored(String why) implements Parsed {}
}
