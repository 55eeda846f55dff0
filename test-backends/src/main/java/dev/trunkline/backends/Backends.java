package dev.trunkline.backends;

import dev.trunkline.backends.Backend.Pausable;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import java.io.IOException;

/**
 * Where tests get their servers from. All listen on 127.0.0.1. What is started answers when the method returns; an
 * {@link IOException} says why it does not.
 */
public interface Backends {
    /** As {@code TRUNKLINE_TEST_BACKENDS} says, else by whether a Docker engine answers; the log has a line of it. */
    static Backends chosen() {
        return Chosen.BACKENDS;
    }

    /** One broker of Kafka, without topics. */
    Backend kafka(int port) throws IOException;

    /** The same, outside of this JVM, which takes longer to start. */
    Pausable kafkaProcess(int port) throws IOException;

    /** @param password 16 or more letters, digits, {@code -} or {@code _} */
    Pausable redis(int port, String password) throws IOException;

    /** A Postgres whose database {@code postgres} belongs to the owner among these logins, and the console's to its login. */
    Pausable postgres(int port, PostgresLogins logins) throws IOException;

    /** Media goes by UDP, two ports above the server's. */
    Pausable liveKit(LiveKitSettings settings) throws IOException;
}
