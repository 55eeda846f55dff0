package dev.trunkline.backends;

import java.io.IOException;

/** A real server that a test has to itself. It runs from its creation on; its address stays the same whatever is done to it. */
public interface Backend extends AutoCloseable {
    /** The address for clients: bootstrap servers of Kafka, the URL of Redis with its password, of LiveKit, or of Postgres for JDBC. */
    String address();

    /** Stops the server. Kafka and Postgres keep what they have written for the next start; Redis keeps nothing. */
    void stop() throws IOException;

    /** Starts the server again after {@link #stop}. It answers when this method returns. */
    void start() throws IOException;

    /** Removes the server for good, whether or not it runs, with all that it has written. */
    @Override
    void close();

    /** A server that can be frozen, like one on a host that swaps or that a hypervisor pauses. */
    interface Pausable extends Backend {
        /** Freezes the server: its sockets stay open, and nothing answers any more. */
        void pause() throws IOException;

        /** Lets the server continue after {@link #pause}. */
        void resume() throws IOException;
    }
}
