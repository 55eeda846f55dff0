package dev.trunkline.edge.ladder;

import java.nio.charset.StandardCharsets;

/** The Call-ID of a message that is known to be well-formed. Pure. */
final class SipCallId {
    private SipCallId() {}

    /** Empty if there is none. */
    static String of(byte[] octets) {
        int begin = 0;
        while (begin < octets.length && octets[begin] != '\r') {
            int end = begin;
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            String line = new String(octets, begin, end - begin, StandardCharsets.UTF_8);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (name.equalsIgnoreCase("Call-ID") || name.equalsIgnoreCase("i")) {
                return line.substring(colon + 1).strip();
            }
            begin = end + 1;
        }
        return "";
    }
}
