package dev.trunkline.relay.rtp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Other sources than its description's address from which a call's media may come.
 *
 * @param signalledFrom the address that the call was signalled from, if it is known
 * @param anywhere whether the trunk's setting allows media from any address: the first sender can then be the phone
 */
public record TrustedSources(Optional<InetAddress> signalledFrom, boolean anywhere) {}
