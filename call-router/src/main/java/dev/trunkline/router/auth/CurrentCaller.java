package dev.trunkline.router.auth;

import jakarta.enterprise.context.RequestScoped;

/** Who sent the request that is being answered. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;

    void is(Caller known) {
        caller = known;
    }

    /** @throws IllegalStateException where a resource is neither {@link AdminOnly} nor {@link Authenticated} */
    public Caller get() {
        if (caller == null) {
            throw new IllegalStateException("a resource that asks who calls must not be open to everybody");
        }
        return caller;
    }
}
