package dev.trunkline.edge.outbound;

import dev.trunkline.sip.gateway.GatewayWatch;
import java.time.Duration;

/**
 * The timing of keeping outbound trunks.
 *
 * @param watch of their gateways
 * @param locate how often their host names are looked up
 * @param takeOver how long after a trunk became this edge's it is registered: the previous edge removes its binding first
 * @param say how often their states are published without a change
 */
public record OutboundTimes(GatewayWatch watch, Duration locate, Duration takeOver, Duration say) {}
