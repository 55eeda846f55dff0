package dev.trunkline.edge.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the edge can really take calls. */
@Readiness
@ApplicationScoped
public class EdgeHealth implements HealthCheck {
    private final EdgeService service;

    EdgeHealth(EdgeService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        SipEdge edge = service.edge();
        return HealthCheckResponse.named("sip-edge")
                .withData("trunks-read", edge.trunksRead())
                .withData("events-read", edge.eventsRead())
                .withData("kafka", edge.stuck().orElse(edge.hears() ? "read" : "not read"))
                .withData("sip-open", edge.listening())
                .withData("partitions", edge.owns() ? new TreeSet<>(edge.partitionsOwned()).toString() : "none")
                .withData("calls", edge.calls())
                .withData("host-names-not-found", String.join(", ", edge.unresolved()))
                .withData("outbound-trunks", String.join("; ", edge.outboundComplaints()))
                .status(edge.trunksRead() && edge.eventsRead() && edge.hears() && edge.stuck().isEmpty() && edge.listening()
                        && edge.owns())
                .build();
    }
}
