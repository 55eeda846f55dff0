package dev.trunkline.console.accounts;

import jakarta.enterprise.context.RequestScoped;

/** The user who made the request that is being answered. */
@RequestScoped
public class CurrentSession {
    private String token;
    private Session session;
    private boolean byKey;

    void is(String sentToken, Session known) {
        token = sentToken;
        session = known;
    }

    /** Records that the request comes from a program, which sends its key with each request. */
    void isProgram(String key, Session known) {
        is(key, known);
        byKey = true;
    }

    /** Whether the request carries an API key and nobody has signed in. */
    public boolean byKey() {
        return byKey;
    }

    /** @throws IllegalStateException if the request is {@link Open} */
    public Session get() {
        if (session == null) {
            throw new IllegalStateException("a request that asks who made it must not be open to everybody");
        }
        return session;
    }

    public User user() {
        return get().user();
    }

    /** The token of the cookie, or the API key. */
    public String token() {
        get();
        return token;
    }
}
