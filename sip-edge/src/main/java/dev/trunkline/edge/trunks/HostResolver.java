package dev.trunkline.edge.trunks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks a host name up. May wait. */
@FunctionalInterface
public interface HostResolver {
    /** @throws UnknownHostException if nobody knows the name, or nobody answers */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** As the machine does. */
    static HostResolver ofSystem() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
