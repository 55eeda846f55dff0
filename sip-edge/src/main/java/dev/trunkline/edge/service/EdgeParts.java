package dev.trunkline.edge.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.trunks.HostResolver;
import dev.trunkline.events.privacy.SealKeys;
import dev.trunkline.sip.SipStack;
import dev.trunkline.sip.WireTap;
import dev.trunkline.sip.net.SourceGuard;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What an edge is assembled from.
 *
 * @param callIds UUIDv7
 * @param transport creates SIP on the wire behind a guard, with a tap for its messages
 * @param resolver of host names that trunks have
 */
public record EdgeParts(
        EdgeSettings settings,
        SealKeys sealKeys,
        byte[] pseudonymKey,
        Clock clock,
        SecureRandom random,
        Supplier<UUID> callIds,
        EdgeMetrics metrics,
        BiFunction<SourceGuard, WireTap, SipStack> transport,
        HostResolver resolver,
        ContainedFaults faults) {

    /** With names as the machine resolves them. */
    public EdgeParts(
            EdgeSettings settings,
            SealKeys sealKeys,
            byte[] pseudonymKey,
            Clock clock,
            SecureRandom random,
            Supplier<UUID> callIds,
            EdgeMetrics metrics,
            BiFunction<SourceGuard, WireTap, SipStack> transport,
            ContainedFaults faults) {
        this(settings, sealKeys, pseudonymKey, clock, random, callIds, metrics, transport, HostResolver.ofSystem(),
                faults);
    }
}
