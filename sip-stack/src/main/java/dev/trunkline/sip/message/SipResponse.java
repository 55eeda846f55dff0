package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.net.InetAddress;

/**
 * A received response, or the substitute for a missing one: 408 if none came in time, 503 if the request could not be sent (RFC
 * 3261 section 8.1.3.1).
 */
public final class SipResponse extends SipMessage {
    public static final int REQUEST_TIMEOUT = 408;
    public static final int SERVICE_UNAVAILABLE = 503;

    private final int status;
    private final String method;

    SipResponse(Head head, PacketSource source, ResponseRules rules) {
        this(head, source, rules.status(), Methods.of(head.octets(), rules.methodFrom(), rules.methodTo()), rules.cseq());
    }

    private SipResponse(Head head, PacketSource source, int status, String method, long cseq) {
        super(head, source, cseq);
        this.status = status;
        this.method = method;
    }

    /**
     * Creates the substitute for a missing response. Its Via has no branch, and its source is this host and port 0.
     *
     * @param status 100 to 699
     */
    public static SipResponse missing(OutgoingRequest request, int status) {
        byte[] octets = MessageWriter.missing(request, status);
        var nowhere = new PacketSource(InetAddress.getLoopbackAddress(), 0, request.transport());
        return new SipResponse(Head.of(octets, 0), nowhere, status, request.method(), request.cseq());
    }

    /** Returns the status, 100 to 699. */
    public int status() {
        return status;
    }

    @Override
    public String method() {
        return method;
    }

    /** Returns our tag. */
    public String fromTag() {
        return from().tag().orElse("");
    }

    public String toTag() {
        return to().tag().orElse("");
    }

    public boolean accepts() {
        return status / 100 == 2;
    }

    /** Reveals nothing about the person. */
    @Override
    public String toString() {
        return status + " to " + method + " " + cseq();
    }
}
