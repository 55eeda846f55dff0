package dev.trunkline.backends;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.time.Duration;

/** A container that is stopped, started and frozen as a whole, and stays the same container throughout. */
final class ContainerBackend implements Backend.Pausable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int SECONDS_TO_STOP = 10;

    private final String address;
    private final DockerClient engine;
    private final String id;
    private final Runnable remove;
    private final Probes.Probe probe;

    /** @param remove stops the container, if it runs, and removes it */
    ContainerBackend(String address, DockerClient engine, String id, Runnable remove, Probes.Probe probe) {
        this.address = address;
        this.engine = engine;
        this.id = id;
        this.remove = remove;
        this.probe = probe;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void stop() throws IOException {
        told("stop", () -> {
            resumeIfPaused();
            engine.stopContainerCmd(id).withTimeout(SECONDS_TO_STOP).exec();
        });
    }

    /** A frozen container does not react to the request to stop. */
    private void resumeIfPaused() {
        if (Boolean.TRUE.equals(engine.inspectContainerCmd(id).exec().getState().getPaused())) {
            engine.unpauseContainerCmd(id).exec();
        }
    }

    @Override
    public void start() throws IOException {
        told("start", () -> engine.startContainerCmd(id).exec());
        awaitAnswer();
    }

    @Override
    public void pause() throws IOException {
        told("pause", () -> engine.pauseContainerCmd(id).exec());
    }

    @Override
    public void resume() throws IOException {
        told("resume", () -> engine.unpauseContainerCmd(id).exec());
    }

    @Override
    public void close() {
        try {
            resumeIfPaused();
        } catch (DockerException e) {
            // If something is wrong, removing the container reports it.
            return;
        } finally {
            remove.run();
        }
    }

    /** Waits until the server itself answers: a mapped port accepts connections before anything listens behind it. */
    void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!probe.answers()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the container at " + address + " does not answer after " + PATIENCE.toSeconds() + " s");
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private void told(String what, Runnable command) throws IOException {
        try {
            command.run();
        } catch (DockerException e) {
            throw new IOException("the Docker engine did not " + what + " the container at " + address + ": " + e.getMessage(), e);
        }
    }
}
