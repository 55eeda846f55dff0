package dev.trunkline.sip.message;

/** One header field. */
public record SipHeader(String name, String value) {

    /** {@code Reason: SIP;cause=<cause>;text="<text>"} (RFC 3326). */
    public static SipHeader reason(int cause, String text) {
        return new SipHeader("Reason", "SIP;cause=" + cause + ";text=\"" + text + "\"");
    }

    /** RFC 3261 section 20.33. */
    public static SipHeader retryAfter(int seconds) {
        return new SipHeader("Retry-After", Integer.toString(seconds));
    }
}
