package dev.trunkline.edge.outbound;

import dev.trunkline.sip.gateway.GatewayWatch;
import java.time.Duration;

/**
 * How outbound trunks are kept.
 *
 * @param watch of their gateways
 * @param locate how often their host names are looked up
 * @param takeOver how long after a trunk became this edge's it is registered: the edge before takes its binding back first
 * @param say how often their states are said though nothing changed
 */
public record OutboundTimes(GatewayWatch watch, Duration locate, Duration takeOver, Duration say) {}
