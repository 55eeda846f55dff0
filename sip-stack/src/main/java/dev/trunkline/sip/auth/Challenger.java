package dev.trunkline.sip.auth;

import java.util.Optional;

/** Who challenges, and in which headers (RFC 3261 sections 22.2 and 22.3). */
public enum Challenger {
    SERVER(401, "WWW-Authenticate", "Authorization", "Authentication-Info"),
    PROXY(407, "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");

    private final int status;
    private final String challenge;
    private final String header;
    private final String info;

    Challenger(int status, String challenge, String header, String info) {
        this.status = status;
        this.challenge = challenge;
        this.header = header;
        this.info = info;
    }

    /** @return empty for a response that is not a challenge */
    public static Optional<Challenger> of(int status) {
        return switch (status) {
            case 401 -> Optional.of(SERVER);
            case 407 -> Optional.of(PROXY);
            default -> Optional.empty();
        };
    }

    /** Returns the status of its response. */
    public int status() {
        return status;
    }

    /** Returns the header that carries the challenge. */
    public String challenge() {
        return challenge;
    }

    /** Returns the header that carries the answer. */
    public String header() {
        return header;
    }

    /** Returns the header in which the challenger names the next nonce (RFC 7616 section 3.5). */
    public String info() {
        return info;
    }
}
