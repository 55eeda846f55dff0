package dev.trunkline.sip.message;

/** One-letter header names (RFC 3261 section 7.3.3 and later RFCs). */
final class CompactForms {
    private CompactForms() {}

    /** @return the long form; empty if the letter is not a compact form */
    static String of(int letter) {
        return switch (Scan.lower(letter)) {
            case 'a' -> "Accept-Contact";
            case 'b' -> "Referred-By";
            case 'c' -> "Content-Type";
            case 'd' -> "Request-Disposition";
            case 'e' -> "Content-Encoding";
            case 'f' -> "From";
            case 'i' -> "Call-ID";
            case 'j' -> "Reject-Contact";
            case 'k' -> "Supported";
            case 'l' -> "Content-Length";
            case 'm' -> "Contact";
            case 'n' -> "Identity-Info";
            case 'o' -> "Event";
            case 'r' -> "Refer-To";
            case 's' -> "Subject";
            case 't' -> "To";
            case 'u' -> "Allow-Events";
            case 'v' -> "Via";
            case 'x' -> "Session-Expires";
            case 'y' -> "Identity";
            default -> "";
        };
    }
}
