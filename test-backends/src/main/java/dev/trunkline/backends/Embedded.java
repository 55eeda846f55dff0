package dev.trunkline.backends;

import java.io.IOException;
import java.util.Optional;

/** A server that is an object of this JVM: it is stopped by closing the object, and started by making a new one. For one thread. */
class Embedded<S extends AutoCloseable> implements Backend {
    /** Makes a server that already answers. */
    interface Start<S> {
        S start() throws IOException;
    }

    private final String address;
    private final Folder folder;
    private final Start<S> start;
    private Optional<S> running = Optional.empty();

    Embedded(String address, Folder folder, Start<S> start) throws IOException {
        this.address = address;
        this.folder = folder;
        this.start = start;
        try {
            start();
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public final void start() throws IOException {
        if (running.isEmpty()) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            // Quarkus starts the tests' servers from a thread of the common pool, and Kafka loads classes by name.
            thread.setContextClassLoader(Embedded.class.getClassLoader());
            try {
                running = Optional.of(start.start());
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Override
    public void stop() throws IOException {
        if (running.isPresent()) {
            S server = running.get();
            running = Optional.empty();
            try {
                server.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IOException e) {
            System.getLogger(Backends.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} did not stop by itself: {1}", address, e.getMessage());
        } finally {
            folder.close();
        }
    }

    final S running() throws IOException {
        return running.orElseThrow(() -> new IOException(address + " does not run"));
    }
}
