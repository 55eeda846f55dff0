package dev.trunkline.console.accounts;

import jakarta.enterprise.context.RequestScoped;

/** Who made the request that is being answered. */
@RequestScoped
public class CurrentSession {
    private String token;
    private Session session;
    private boolean byKey;

    void is(String sentToken, Session known) {
        token = sentToken;
        session = known;
    }

    /** A program, that shows its key with each request. */
    void isProgram(String key, Session known) {
        is(key, known);
        byKey = true;
    }

    /** Whether a key was shown, and nobody has signed in. */
    public boolean byKey() {
        return byKey;
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

    /** Of the cookie, or the key. */
    public String token() {
        get();
        return token;
    }
}
