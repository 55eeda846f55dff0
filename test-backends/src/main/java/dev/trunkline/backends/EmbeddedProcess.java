package dev.trunkline.backends;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** A server that is a process: it can be made to stand still, with those that it started. For one thread. */
final class EmbeddedProcess<S extends AutoCloseable> extends Embedded<S> implements Backend.Pausable {
    private final ToLongFunction<S> pid;

    EmbeddedProcess(String address, Folder folder, Start<S> start, ToLongFunction<S> pid) throws IOException {
        super(address, folder, start);
        this.pid = pid;
    }

    @Override
    public void pause() throws IOException {
        signal("-STOP");
    }

    @Override
    public void resume() throws IOException {
        signal("-CONT");
    }

    /** A process that stands still does not hear that it should stop. */
    @Override
    public void stop() throws IOException {
        try {
            resume();
        } catch (IOException e) {
            // It has ended already, or never ran.
        }
        super.stop();
    }

    private void signal(String name) throws IOException {
        long first = pid.applyAsLong(running());
        var kill = new ArrayList<>(List.of("kill", name, Long.toString(first)));
        ProcessHandle.of(first).stream()
                .flatMap(ProcessHandle::descendants)
                .forEach(child -> kill.add(Long.toString(child.pid())));
        try {
            int status = new ProcessBuilder(kill).start().waitFor();
            if (status != 0) {
                throw new IOException("kill " + name + " said " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
