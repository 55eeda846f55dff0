package dev.trunkline.psrpc;

import java.util.random.RandomGenerator;

/** Ids of clients, servers and requests: a prefix and twelve alphanumerics. */
final class RpcIds {
    private static final String ALPHANUMERICS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int CHARACTERS = 12;

    private final RandomGenerator random;

    /** @param random must be thread-safe: several threads use it at once */
    RpcIds(RandomGenerator random) {
        this.random = random;
    }

    String client() {
        return id("CLI_");
    }

    String server() {
        return id("SRV_");
    }

    String request() {
        return id("REQ_");
    }

    private String id(String prefix) {
        var id = new StringBuilder(prefix);
        for (int i = 0; i < CHARACTERS; i++) {
            id.append(ALPHANUMERICS.charAt(random.nextInt(ALPHANUMERICS.length())));
        }
        return id.toString();
    }
}
