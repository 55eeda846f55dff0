package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ConnectionLimits;
import dev.trunkline.edge.sip.PacketSource;
import dev.trunkline.edge.sip.SourceGuard;
import dev.trunkline.edge.sip.TransportWatch;
import dev.trunkline.edge.sip.tls.ReloadedTls;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What all connections share.
 *
 * @param tls there if a listener speaks it
 * @param inUse whether a call hangs on a connection
 */
record StreamParts(
        SourceGuard guard,
        ConnectionLimits limits,
        TransportWatch watch,
        Optional<ReloadedTls> tls,
        Predicate<PacketSource> inUse) {}
