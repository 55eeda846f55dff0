package dev.trunkline.edge.sip;

import java.util.List;
import java.util.Optional;

/**
 * A received request.
 *
 * @param requestUri as received
 * @param requestUser the user part of the Request-URI, or the number of a {@code tel:} URI with its parameters; empty if
 *     there is none
 * @param branch of the topmost Via: the transaction (RFC 3261 section 17.2.3)
 * @param contact the URI of the first Contact
 * @param recordRoutes the Record-Route values, in order
 * @param contentType type and subtype in lower case, without parameters; empty where there is no body
 */
public record SipRequest(
        String method,
        String requestUri,
        String requestUser,
        String callId,
        Party from,
        Party to,
        long cseq,
        String branch,
        Optional<String> contact,
        List<String> recordRoutes,
        SipHeaders headers,
        String contentType,
        String body,
        PacketSource source) {

    public static final String INVITE = "INVITE";
    public static final String ACK = "ACK";
    public static final String BYE = "BYE";
    public static final String CANCEL = "CANCEL";
    public static final String OPTIONS = "OPTIONS";
    public static final String UPDATE = "UPDATE";
    public static final String INFO = "INFO";
    public static final String NOTIFY = "NOTIFY";
    public static final String PRACK = "PRACK";
    public static final String REFER = "REFER";

    private static final String SDP = "application/sdp";

    public SipRequest {
        recordRoutes = List.copyOf(recordRoutes);
    }

    public boolean hasBody() {
        return !body.isEmpty();
    }

    /** The session description, empty if the body is none or is something else. */
    public Optional<String> sdp() {
        return hasBody() && contentType.equals(SDP) ? Optional.of(body) : Optional.empty();
    }

    /** Within a dialog (RFC 3261 section 12.2) rather than one that may begin one. */
    public boolean inDialog() {
        return to.tag().isPresent();
    }

    /** Method and sequence number: the rest of a request may name the caller. */
    @Override
    public String toString() {
        return method + " " + cseq;
    }
}
