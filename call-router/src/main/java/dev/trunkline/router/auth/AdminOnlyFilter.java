package dev.trunkline.router.auth;

import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Lets in who has the role of the admin. */
@jakarta.ws.rs.ext.Provider
@AdminOnly
public class AdminOnlyFilter implements ContainerRequestFilter {
    /** Asked when a request comes, as Quarkus makes filters before there are settings. */
    private final Provider<Gate> gate;

    public AdminOnlyFilter(Provider<Gate> gate) {
        this.gate = gate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        gate.get().letIn(request, true);
    }
}
