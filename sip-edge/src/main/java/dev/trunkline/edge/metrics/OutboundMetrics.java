package dev.trunkline.edge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every metric of outbound trunks. Gauges are removed with their trunk. */
public final class OutboundMetrics {
    private static final double MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Clock clock;

    public OutboundMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    private Counter counter(String name, String help, String... tags) {
        return Counter.builder(name).description(help).tags(tags).register(registry);
    }

    /** @param trunk its name */
    public OfTrunk of(String trunk) {
        return new OfTrunk(trunk);
    }

    /** The metrics of one trunk. Updated on one thread, read by others. */
    public final class OfTrunk implements AutoCloseable {
        private final String trunk;
        private final Map<String, OfGateway> gateways = new HashMap<>();
        private final List<Meter> meters = new ArrayList<>();
        private boolean registering;
        private volatile Optional<Instant> until = Optional.empty();

        private OfTrunk(String trunk) {
            this.trunk = trunk;
        }

        /** @param status of the answer to OPTIONS */
        public void pinged(String gateway, int status, Duration took, boolean up) {
            gateways.computeIfAbsent(gateway, OfGateway::new).pinged(took, up);
            counter("trunkline_edge_gateway_answers",
                    "Answers of outbound trunks' gateways to OPTIONS; 408 if none arrived, 503 if nothing could be sent",
                "trunk", trunk, "gateway", gateway, "status", Integer.toString(status)).increment();
        }

        /** @param status of the answer to REGISTER @param end of the binding; empty if there is none */
        public void registered(int status, Optional<Instant> end) {
            until = end;
            counter("trunkline_edge_registration_answers", "Answers of registrars to REGISTER",
                "trunk", trunk, "status", Integer.toString(status)).increment();
            if (!registering) {
                registering = true;
                meters.add(Gauge.builder("trunkline_edge_registered", () -> left() > 0 ? 1 : 0)
                        .description("Whether a registrar has a binding of this edge for the trunk")
                        .tag("trunk", trunk)
                        .register(registry));
                meters.add(Gauge.builder("trunkline_edge_registration_expires_seconds", this::left)
                        .description("How long the registrar keeps that binding; 0 without one")
                        .tag("trunk", trunk)
                        .register(registry));
            }
        }

        /** Another edge registers the trunk from now on, or none does. */
        public void unregistered() {
            until = Optional.empty();
        }

        private double left() {
            return until.map(end -> Math.max(0, Duration.between(clock.instant(), end).toMillis() / MILLIS)).orElse(0.0);
        }

        @Override
        public void close() {
            meters.forEach(registry::remove);
            meters.clear();
        }

        private final class OfGateway {
            private volatile boolean up;
            private volatile Duration took = Duration.ZERO;

            OfGateway(String gateway) {
                meters.add(Gauge.builder("trunkline_edge_gateway_up", () -> up ? 1 : 0)
                        .description("Whether a gateway of an outbound trunk answers OPTIONS")
                        .tag("trunk", trunk)
                        .tag("gateway", gateway)
                        .register(registry));
                meters.add(Gauge.builder("trunkline_edge_gateway_ping_seconds", () -> took.toNanos() / 1e9)
                        .description("How long the last answer to OPTIONS took, or how long the edge waited for it")
                        .tag("trunk", trunk)
                        .tag("gateway", gateway)
                        .register(registry));
            }

            void pinged(Duration lasted, boolean there) {
                took = lasted;
                up = there;
            }
        }
    }
}
