package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.util.List;

/** A received message. Keeps its octets; a header field is read when somebody asks for it. Immutable, so thread-safe. */
public abstract sealed class SipMessage permits SipRequest, SipResponse {

    /** Where it really came from. */
    public PacketSource source() {
        throw new UnsupportedOperationException();
    }

    /** Of a request its own, of a response that of CSeq; upper case as on the wire. */
    public abstract String method();

    public String callId() {
        throw new UnsupportedOperationException();
    }

    public Party from() {
        throw new UnsupportedOperationException();
    }

    public Party to() {
        throw new UnsupportedOperationException();
    }

    /** 0 to 2^31 - 1. */
    public long cseq() {
        throw new UnsupportedOperationException();
    }

    /** The topmost. */
    public Via via() {
        throw new UnsupportedOperationException();
    }

    /** Of the topmost Via: the transaction (RFC 3261 section 17.2.3); empty where there is none. */
    public String branch() {
        return via().branch();
    }

    public SipHeaders headers() {
        throw new UnsupportedOperationException();
    }

    /** The Record-Route values, in order. */
    public List<String> recordRoutes() {
        throw new UnsupportedOperationException();
    }

    /** Type and subtype in lower case, without parameters; empty where there is no body. */
    public String contentType() {
        throw new UnsupportedOperationException();
    }

    /** As UTF-8. */
    public String body() {
        throw new UnsupportedOperationException();
    }

    public boolean hasBody() {
        return !body().isEmpty();
    }

    /** The message as it came. Not to be changed. */
    public byte[] octets() {
        throw new UnsupportedOperationException();
    }
}
