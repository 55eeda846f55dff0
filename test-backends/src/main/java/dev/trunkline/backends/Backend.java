package dev.trunkline.backends;

import java.io.IOException;

/** A real server that a test has to itself. It runs when it is made; its address stays the same whatever is done to it. */
public interface Backend extends AutoCloseable {
    /** For a client: bootstrap servers of Kafka, the URL of Redis with its password, of LiveKit, or of Postgres for JDBC. */
    String address();

    /** It goes away. What Kafka and Postgres have written is there when it comes back; Redis keeps nothing. */
    void stop() throws IOException;

    /** It comes back after {@link #stop}, and answers when this returns. */
    void start() throws IOException;

    /** It goes for good, whether or not it runs, with all that it has written. */
    @Override
    void close();

    /** One that can stand still, as a host does that swaps or a hypervisor that pauses it. */
    interface Pausable extends Backend {
        /** Its sockets stay open, and nothing answers any more. */
        void pause() throws IOException;

        /** It goes on after {@link #pause}. */
        void resume() throws IOException;
    }
}
