package dev.trunkline.phone.sip;

/**
 * One header line.
 *
 * @param name  as written, or its long form if it was received in compact form (RFC 3261 7.3.3)
 * @param value unfolded, stripped
 */
public record Header(String name, String value) {
    public Header {
        if (name.isBlank() || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a SIP header name: '" + name + "'");
        }
        if (name.chars().anyMatch(Header::endsLine) || value.chars().anyMatch(Header::endsLine)) {
            throw new IllegalArgumentException("a SIP header cannot hold a line break: " + name);
        }
    }

    private static boolean endsLine(int character) {
        return character == '\r' || character == '\n';
    }
}
