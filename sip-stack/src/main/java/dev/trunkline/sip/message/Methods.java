package dev.trunkline.sip.message;

/** Names and properties of methods; names of known methods are shared strings, not created for each message. */
final class Methods {
    private static final String[] KNOWN = {
        SipRequest.INVITE, SipRequest.ACK, SipRequest.BYE, SipRequest.CANCEL, SipRequest.OPTIONS, SipRequest.UPDATE,
        SipRequest.INFO, SipRequest.NOTIFY, SipRequest.PRACK, SipRequest.REFER, "REGISTER", "MESSAGE", "SUBSCRIBE", "PUBLISH"
    };

    private Methods() {}

    /** Returns the name as on the wire: methods are case-sensitive (RFC 3261 section 7.1). */
    static String of(byte[] octets, int from, int to) {
        for (String method : KNOWN) {
            if (is(octets, from, to, method)) {
                return method;
            }
        }
        return Scan.text(octets, from, to);
    }

    /** Returns whether its request may create a dialog, or a dialog usage (RFC 3261 section 12.1, RFC 6665, RFC 3515). */
    static boolean mayBeginDialog(String method) {
        return switch (method) {
            case SipRequest.INVITE, SipRequest.REFER, SipRequest.NOTIFY, "SUBSCRIBE" -> true;
            default -> false;
        };
    }

    private static boolean is(byte[] octets, int from, int to, String method) {
        if (to - from != method.length()) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            if (octets[from + i] != method.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
