package dev.trunkline.router.routing;

/** SIP addresses and numbers to which calls are forwarded. */
final class Targets {
    private Targets() {}

    /** @param written a SIP or tel URI unchanged, a number as its tel URI (RFC 3966) */
    static String uri(String written) {
        return written.indexOf(':') > 0 ? written : "tel:" + written.replaceAll("[-.() ]", "");
    }
}
