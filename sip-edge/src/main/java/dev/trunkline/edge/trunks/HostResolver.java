package dev.trunkline.edge.trunks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up a host name. May block. */
@FunctionalInterface
public interface HostResolver {
    /** @throws UnknownHostException if the name does not exist, or no server answers */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** Looks names up as the machine does. */
    static HostResolver ofSystem() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
