package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.util.List;

/** Queries to the Domain Name System. A name that is unknown, or whose server does not answer, has no records. May wait. */
interface Dns {

    /**
     * A NAPTR record (RFC 3403).
     *
     * @param replacement the name to query next, without a trailing dot
     */
    record Naptr(int order, int preference, String flags, String service, String replacement) {}

    /**
     * An SRV record (RFC 2782).
     *
     * @param target without a trailing dot; empty if the service is explicitly not available
     */
    record Srv(int priority, int weight, int port, String target) {}

    List<Naptr> naptr(String domain);

    List<Srv> srv(String name);

    /** Returns IPv4 and IPv6 addresses, in the order to be tried. */
    List<InetAddress> addresses(String host);
}
