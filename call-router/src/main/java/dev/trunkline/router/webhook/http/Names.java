package dev.trunkline.router.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. */
@FunctionalInterface
interface Names {
    /** Java's own lookup: hosts file and DNS. Blocks. */
    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** @return at least one address */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
