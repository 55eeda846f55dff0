package dev.trunkline.sip.message;

/** How large a message and its parts may be. What is larger is refused, not cut. */
public final class MessageLimits {
    /** Octets of a datagram, and of a message on a stream: the most that UDP carries (RFC 3261 section 18.1.1). More is 513. */
    public static final int MESSAGE = 65_535;

    /** Octets of a Request-URI; more is 414. */
    public static final int REQUEST_URI = 2_048;

    /** Header fields of a message; more is 513. */
    public static final int HEADER_FIELDS = 1_024;

    /** Octets of one header field with its name and its folded lines; more is 513. */
    public static final int HEADER_FIELD = 8_192;

    /** Lines that one header field may be folded into, its first not counted; more is 400. */
    public static final int FOLDED_LINES = 64;

    /** Via values of a message: a request may go 70 hops far (RFC 3261 section 8.1.1.6); more is 400. */
    public static final int VIAS = 100;

    /** Route values and Record-Route values of a message, each; more is 400. */
    public static final int ROUTES = 100;

    /** Values that one header field may list. More Contacts is 400; of another field the rest is not read. */
    public static final int VALUES = 100;

    /** Parameters of one value; more of From, To, Via or Contact is 400, another value is left out. */
    public static final int PARAMETERS = 64;

    /** Parts of a multipart body; more is no multipart body. */
    public static final int PARTS = 32;

    /** How deep multipart bodies may stand in each other. */
    public static final int PART_DEPTH = 3;

    private MessageLimits() {}
}
