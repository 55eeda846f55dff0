package dev.trunkline.edge.outbound;

import dev.trunkline.edge.metrics.OutboundMetrics;
import dev.trunkline.sip.Delays;
import dev.trunkline.sip.UserAgentClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What all kept trunks share.
 *
 * @param delays everything here runs on its thread
 */
public record OutboundParts(
        String edge,
        UserAgentClient client,
        Delays delays,
        OutboundTimes times,
        OutboundMetrics metrics,
        StateSink sink,
        Clock clock,
        LongSupplier nanoTime,
        SecureRandom random) {

    OutboundParts telling(StateSink other) {
        return new OutboundParts(edge, client, delays, times, metrics, other, clock, nanoTime, random);
    }
}
