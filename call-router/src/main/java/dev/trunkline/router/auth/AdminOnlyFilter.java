package dev.trunkline.router.auth;

import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Admits requesters with the admin role. */
@jakarta.ws.rs.ext.Provider
@AdminOnly
public class AdminOnlyFilter implements ContainerRequestFilter {
    /** Resolved when a request comes, because Quarkus creates filters before the settings exist. */
    private final Provider<Gate> gate;

    public AdminOnlyFilter(Provider<Gate> gate) {
        this.gate = gate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        gate.get().letIn(request, true);
    }
}
