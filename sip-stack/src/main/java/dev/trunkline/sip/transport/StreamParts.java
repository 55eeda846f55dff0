package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transport.tls.ReloadedTls;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The parts that all stream listeners share.
 *
 * @param tls present if a listener uses it
 */
public record StreamParts(
        SourceGuard guard,
        ConnectionLimits limits,
        PacketMark mark,
        TransportWatch watch,
        Optional<ReloadedTls> tls,
        Inlet inlet,
        LongSupplier nanoTime,
        Faults faults) {}
