package dev.trunkline.router.service;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once a directory is in memory and Kafka has assigned partitions, while Kafka is actually being read and changes
 * of the directory are followed. If Postgres goes down afterwards, calls continue, and the check says since when it is
 * down.
 */
@Readiness
@ApplicationScoped
public class RouterHealth implements HealthCheck {
    private final CurrentDirectory directory;
    private final RouterService service;

    public RouterHealth(CurrentDirectory directory, RouterService service) {
        this.directory = directory;
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        boolean loaded = directory.get().isPresent();
        boolean takesCalls = service.takesCalls();
        return HealthCheckResponse.named("call-router")
                .status(loaded && takesCalls && service.keepsWatch())
                .withData("directory", directory.get().map(Directory::version).map(v -> "version " + v).orElse("not loaded"))
                .withData("kafka", service.kafka())
                .withData("changes", !loaded || service.keepsWatch() ? "followed" : "NOT FOLLOWED: restart this process")
                .withData("postgres", directory.postgresAwaySince().map(since -> "away since " + since).orElse("answers"))
                .build();
    }
}
