package dev.trunkline.backends;

import dev.trunkline.backends.Backend.Pausable;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import java.io.IOException;

/**
 * Starts the servers that tests use. All listen on 127.0.0.1. A server answers when the method that starts it returns; an
 * {@link IOException} says why it does not.
 */
public interface Backends {
    /** Returns what {@code TRUNKLINE_TEST_BACKENDS} says; if it is unset, a Docker engine's presence decides. Logs one line about it. */
    static Backends chosen() {
        return Chosen.BACKENDS;
    }

    /** Starts one Kafka broker, without topics. */
    Backend kafka(int port) throws IOException;

    /** Starts the same outside this JVM, which takes longer. */
    Pausable kafkaProcess(int port) throws IOException;

    /** Starts a Redis. @param password 16 or more letters, digits, {@code -} or {@code _} */
    Pausable redis(int port, String password) throws IOException;

    /** Starts a Postgres. The owner among these logins owns its database {@code postgres}, and the console's login that of the console. */
    Pausable postgres(int port, PostgresLogins logins) throws IOException;

    /** Starts a LiveKit server. Its media uses UDP, two ports above the server's port. */
    Pausable liveKit(LiveKitSettings settings) throws IOException;
}
