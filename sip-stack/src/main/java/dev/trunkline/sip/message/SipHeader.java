package dev.trunkline.sip.message;

/**
 * One header field to write.
 *
 * @param name a token (RFC 3261 section 25.1)
 * @param value a CR, LF or NUL in it is written as a blank
 * @throws IllegalArgumentException if the name is not a token
 */
public record SipHeader(String name, String value) {

    public SipHeader {
        if (name.isEmpty() || !name.chars().allMatch(Scan::isToken)) {
            throw new IllegalArgumentException(
                    "a header field's name consists of letters, digits and -.!%*_+`'~ only, at least one of them");
        }
    }

    /** Creates {@code Reason: SIP;cause=<cause>;text="<text>"} (RFC 3326). */
    public static SipHeader reason(int cause, String text) {
        return new SipHeader("Reason", "SIP;cause=" + cause + ";text=\"" + text + "\"");
    }

    /** Creates a Retry-After header (RFC 3261 section 20.33). */
    public static SipHeader retryAfter(int seconds) {
        return new SipHeader("Retry-After", Integer.toString(seconds));
    }
}
