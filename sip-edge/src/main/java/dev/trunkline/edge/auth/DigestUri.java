package dev.trunkline.edge.auth;

import dev.trunkline.sip.message.SipUri;

/** Whether credentials are for the URI of the request: else they could be taken from one call and used for another number. */
final class DigestUri {
    private DigestUri() {}

    /**
     * Compares by scheme, user, host and port; URI parameters differ between what is hashed and what is sent (RFC 3261
     * 22.4). Some phones hash the host alone: that weakens nothing, because no answer is valid twice.
     */
    static boolean same(String credentials, String request) {
        if (credentials.equals(request)) {
            return true;
        }
        SipUri one = SipUri.parse(credentials);
        SipUri other = SipUri.parse(request);
        return !one.scheme().isEmpty()
                && one.scheme().equals(other.scheme())
                && sameUser(SipUri.user(SipUri.bare(credentials)), SipUri.user(SipUri.bare(request)))
                && one.host().equalsIgnoreCase(other.host())
                && one.port().orElse(defaultPort(one)) == other.port().orElse(defaultPort(other));
    }

    private static boolean sameUser(String credentials, String request) {
        return credentials.isEmpty() || credentials.equals(request);
    }

    private static int defaultPort(SipUri uri) {
        return uri.scheme().equals("sips") ? 5061 : 5060;
    }
}
