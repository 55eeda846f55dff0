package dev.trunkline.edge.call;

import dev.trunkline.edge.text.Texts;
import java.util.OptionalInt;

/** The status line that a {@code message/sipfrag} (RFC 3420) begins with. */
public final class SipFragment {
    /** Media type, in lower case. */
    public static final String TYPE = "message/sipfrag";

    private static final String VERSION = "SIP/2.0 ";
    private static final int DIGITS = 3;

    private SipFragment() {}

    /** @return 100 to 699; empty if it does not begin with a status line */
    public static OptionalInt status(String body) {
        int end = VERSION.length() + DIGITS;
        if (!body.regionMatches(true, 0, VERSION, 0, VERSION.length()) || body.length() < end) {
            return OptionalInt.empty();
        }
        boolean longer = body.length() > end && Character.isLetterOrDigit(body.charAt(end));
        OptionalInt status = longer ? OptionalInt.empty() : Texts.number(body.substring(VERSION.length(), end), DIGITS);
        return status.isPresent() && status.getAsInt() >= 100 && status.getAsInt() < 700 ? status : OptionalInt.empty();
    }
}
