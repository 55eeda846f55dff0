package dev.trunkline.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The party that a From or To header names.
 *
 * @param uri the URI as received, without angle brackets
 * @param user the user part, or the number of a {@code tel:} URI; empty if there is none
 * @param host in lower case; empty for a {@code tel:} URI
 */
public record Party(String uri, String user, String host, Optional<String> displayName, Optional<String> tag) {

    /** @param value of a From or To header field; the parts that cannot be read are empty */
    static Party of(String value) {
        NameAddr address = NameAddr.read(value).orElseGet(() -> new NameAddr("", value, java.util.Map.of()));
        String uri = address.uri();
        boolean sip = uri.regionMatches(true, 0, "sip:", 0, 4) || uri.regionMatches(true, 0, "sips:", 0, 5);
        return new Party(
                uri,
                sip || address.isTel() ? SipUri.user(uri) : "",
                sip ? SipUri.parse(uri).host().toLowerCase(Locale.ROOT) : "",
                Optional.of(address.displayName()).filter(name -> !name.isBlank()),
                Optional.ofNullable(address.parameters().get("tag")).filter(tag -> !tag.isEmpty()));
    }

    /** Reveals nothing about the person: records of requests must not leak one into a log line. */
    @Override
    public String toString() {
        return "Party[…]";
    }
}
