package dev.trunkline.edge.trunks;

import java.util.regex.Pattern;

/** What of a trunk's addresses is the name of a host rather than a network. */
final class HostName {
    /** RFC 1123 section 2.1; one letter at least, so that no address with a slip of the pen is one. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\\.?");

    private HostName() {}

    static boolean is(String address) {
        return NAME.matcher(address.strip()).matches();
    }
}
