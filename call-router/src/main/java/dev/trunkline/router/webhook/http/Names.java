package dev.trunkline.router.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Names {
    /** Java's own way: hosts file and DNS. Blocks. */
    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** @return one address at least */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
