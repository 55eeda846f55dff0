package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;

/** A received request. */
public final class SipRequest extends SipMessage {
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

    private final String method;
    private final String requestUri;

    SipRequest(Head head, PacketSource source, RequestRules rules) {
        super(head, source, rules.cseq());
        this.method = Methods.of(head.octets(), head.begin(), rules.methodTo());
        this.requestUri = Scan.text(head.octets(), rules.uriFrom(), rules.uriTo());
    }

    @Override
    public String method() {
        return method;
    }

    /** Returns the Request-URI as received. */
    public String requestUri() {
        return requestUri;
    }

    /**
     * Returns the user part of the Request-URI, or the number of a {@code tel:} URI with its parameters; empty if there is
     * none.
     */
    public String requestUser() {
        return SipUri.user(requestUri);
    }

    /** Returns whether this request is within a dialog (RFC 3261 section 12.2), as opposed to one that may create one. */
    public boolean inDialog() {
        return to().tag().isPresent();
    }

    /** Shows only method and sequence number: the rest of a request may name the caller. */
    @Override
    public String toString() {
        return method + " " + cseq();
    }
}
