package dev.trunkline.relay.rtp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where else than at its description's address a call's media may come from.
 *
 * @param signalledFrom the address that the call was signalled from, where it is known
 * @param anywhere whether the trunk's setting allows media from any address: then whoever sends first can be the phone
 */
public record TrustedSources(Optional<InetAddress> signalledFrom, boolean anywhere) {}
