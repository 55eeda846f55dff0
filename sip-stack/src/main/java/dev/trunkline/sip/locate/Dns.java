package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.util.List;

/** What is asked of the Domain Name System. A name that is unknown, or whose server is silent, has no records. May wait. */
interface Dns {

    /**
     * A NAPTR record (RFC 3403).
     *
     * @param replacement the name to ask for next, without a dot at its end
     */
    record Naptr(int order, int preference, String flags, String service, String replacement) {}

    /**
     * An SRV record (RFC 2782).
     *
     * @param target without a dot at its end; empty where the service is decidedly not there
     */
    record Srv(int priority, int weight, int port, String target) {}

    List<Naptr> naptr(String domain);

    List<Srv> srv(String name);

    /** IPv4 and IPv6, in the order to be tried. */
    List<InetAddress> addresses(String host);
}
