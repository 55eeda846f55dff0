package dev.trunkline.sip.message;

import java.util.Optional;

/**
 * Who a From or To header names.
 *
 * @param uri the URI as received, without angle brackets
 * @param user the user part, or the number of a {@code tel:} URI; empty if there is none
 * @param host empty for a {@code tel:} URI
 */
public record Party(String uri, String user, String host, Optional<String> displayName, Optional<String> tag) {

    /** Says nothing of the person: records of requests must not leak one into a log line. */
    @Override
    public String toString() {
        return "Party[…]";
    }
}
