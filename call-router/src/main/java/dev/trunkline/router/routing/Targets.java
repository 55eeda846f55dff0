package dev.trunkline.router.routing;

/** SIP addresses and numbers that calls are sent on to. */
final class Targets {
    private Targets() {}

    /** @param written a SIP or tel URI as it is, a number as its tel URI (RFC 3966) */
    static String uri(String written) {
        return written.indexOf(':') > 0 ? written : "tel:" + written.replaceAll("[-.() ]", "");
    }
}
