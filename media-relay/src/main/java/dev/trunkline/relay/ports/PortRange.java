package dev.trunkline.relay.ports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of UDP ports of which RTP takes the even ones and RTCP the next (RFC 3550 section 11).
 *
 * @param first even
 * @param last odd
 */
public record PortRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,5})\\s*-\\s*(\\d{1,5})\\s*");

    public PortRange {
        if (first < 1_024 || last > 65_535 || first % 2 != 0 || last % 2 != 1 || last <= first) {
            throw new IllegalArgumentException(
                    "the RTP ports " + first + "-" + last + " are not a range of port pairs within 1024 to 65535");
        }
    }

    /**
     * @param text for example {@code 10000-20000}; an odd first and an even last port are left out
     * @throws IllegalArgumentException that says what to write instead
     */
    public static PortRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("TRUNKLINE_RTP_PORTS is not of the form 10000-20000");
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = Integer.parseInt(matcher.group(2));
        return new PortRange(first + first % 2, last % 2 == 0 ? last - 1 : last);
    }

    /** Returns how many pairs there are. */
    public int pairs() {
        return (last - first + 1) / 2;
    }
}
