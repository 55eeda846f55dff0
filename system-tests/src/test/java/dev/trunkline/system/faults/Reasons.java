package dev.trunkline.system.faults;

import dev.trunkline.phone.CallResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the suite's own reason from a Reason header (RFC 3326). */
public final class Reasons {
    private static final Pattern TEXT = Pattern.compile("text=\"([^\"]{1,60})\"");

    private Reasons() {}

    /** Returns the code in a header. */
    public static String code(String header) {
        Matcher text = TEXT.matcher(header);
        return text.find() ? text.group(1) : header;
    }

    /** Returns why a call was refused. */
    public static String of(CallResult.Refused refused) {
        return refused.reasonHeader().map(Reasons::code).orElse("status " + refused.status());
    }
}
