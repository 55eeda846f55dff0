package dev.trunkline.console.accounts;

import jakarta.enterprise.context.RequestScoped;

/** Who made the request that is being answered. */
@RequestScoped
public class CurrentSession {
    private String token;
    private Session session;

    void is(String sentToken, Session known) {
        token = sentToken;
        session = known;
    }

    /** @throws IllegalStateException where the request is {@link Open} */
    public Session get() {
        if (session == null) {
            throw new IllegalStateException("a request that asks who made it must not be open to everybody");
        }
        return session;
    }

    public User user() {
        return get().user();
    }

    /** Of the cookie. */
    public String token() {
        get();
        return token;
    }
}
