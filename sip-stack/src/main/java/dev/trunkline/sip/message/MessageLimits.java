package dev.trunkline.sip.message;

/** Maximum sizes of a message and its parts. Larger ones are rejected, not truncated. */
public final class MessageLimits {
    /**
     * Octets of a datagram, and of a message on a stream: the maximum that UDP carries (RFC 3261 section 18.1.1). More gets
     * 513.
     */
    public static final int MESSAGE = 65_535;

    /** Octets of a Request-URI; more gets 414. */
    public static final int REQUEST_URI = 2_048;

    /** Header fields per message; more gets 513. */
    public static final int HEADER_FIELDS = 1_024;

    /** Octets of one header field including its name and its folded lines; more gets 513. */
    public static final int HEADER_FIELD = 8_192;

    /** Lines that one header field may be folded into, not counting its first; more gets 400. */
    public static final int FOLDED_LINES = 64;

    /** Via values per message: a request may travel 70 hops (RFC 3261 section 8.1.1.6); more gets 400. */
    public static final int VIAS = 100;

    /** Route values and Record-Route values per message, each; more gets 400. */
    public static final int ROUTES = 100;

    /** Values that one header field may list. More Contacts get 400; for other fields the rest is not read. */
    public static final int VALUES = 100;

    /** Parameters of one value. More in From, To, Via or Contact gets 400; a value of another header is left out. */
    public static final int PARAMETERS = 64;

    /** Parts of a multipart body; a body with more is not treated as multipart. */
    public static final int PARTS = 32;

    /** Maximum nesting depth of multipart bodies. */
    public static final int PART_DEPTH = 3;

    private MessageLimits() {}
}
