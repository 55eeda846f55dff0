package dev.trunkline.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The servers that the services stand on and that run as children of this process. Thread-safe. */
final class Stores {
    private final List<AutoCloseable> running = new ArrayList<>();

    synchronized void add(AutoCloseable store) {
        running.add(store);
    }

    /** The pid of the LiveKit server, if it is one of ours. */
    synchronized Optional<Long> liveKitPid() {
        return running.stream()
                .filter(LiveKitServer.class::isInstance)
                .map(store -> ((LiveKitServer) store).pid())
                .findFirst();
    }

    /** @throws IllegalStateException if none of this kind runs */
    synchronized void stop(Class<? extends AutoCloseable> kind) throws IOException {
        AutoCloseable store = running.stream()
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind.getSimpleName() + " does not run"));
        running.remove(store);
        try {
            store.close();
        } catch (Exception e) {
            throw new IOException(kind.getSimpleName() + " did not stop", e);
        }
    }

    /** @param problems told of each that did not stop by itself */
    synchronized void stopAll(Consumer<String> problems) {
        for (AutoCloseable store : running) {
            try {
                store.close();
            } catch (Exception e) {
                problems.accept("a store did not stop by itself: " + e.getMessage());
            }
        }
        running.clear();
    }
}
