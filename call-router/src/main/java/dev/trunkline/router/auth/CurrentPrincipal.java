package dev.trunkline.router.auth;

import jakarta.enterprise.context.RequestScoped;

/** The sender of the current request. */
@RequestScoped
public class CurrentPrincipal {
    private Principal principal;

    void is(Principal known) {
        principal = known;
    }

    /** @throws IllegalStateException if a resource is neither {@link AdminOnly} nor {@link Authenticated} */
    public Principal get() {
        if (principal == null) {
            throw new IllegalStateException("a resource that asks for the requester's identity must not be public");
        }
        return principal;
    }
}
