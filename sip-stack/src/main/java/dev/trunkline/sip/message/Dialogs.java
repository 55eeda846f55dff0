package dev.trunkline.sip.message;

/** Which requests may begin a dialog, or a dialog usage (RFC 3261 section 12.1, RFC 6665, RFC 3515). */
final class Dialogs {
    private Dialogs() {}

    static boolean mayBegin(String method) {
        return switch (method) {
            case SipRequest.INVITE, SipRequest.REFER, SipRequest.NOTIFY, "SUBSCRIBE" -> true;
            default -> false;
        };
    }
}
