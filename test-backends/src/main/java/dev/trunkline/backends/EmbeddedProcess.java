package dev.trunkline.backends;

import java.io.IOException;
import java.util.function.ToLongFunction;

/** A server that is a process: it can be frozen together with its child processes. For one thread. */
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

    /** A frozen process does not react to the signal to stop. */
    @Override
    public void stop() throws IOException {
        try {
            resume();
        } catch (IOException e) {
            // The process has already ended, or never ran.
        }
        super.stop();
    }

    /** Sends a signal, to the first process first: once frozen, it starts no more children. */
    private void signal(String name) throws IOException {
        ProcessHandle first = ProcessHandle.of(pid.applyAsLong(running()))
                .orElseThrow(() -> new IOException("the process has ended"));
        kill(name, first);
        for (ProcessHandle child : first.descendants().toList()) {
            try {
                kill(name, child);
            } catch (IOException e) {
                // A child may end by itself between the listing and the signal: a Postgres session does when its client leaves.
                if (child.isAlive()) {
                    throw e;
                }
            }
        }
    }

    private static void kill(String name, ProcessHandle process) throws IOException {
        try {
            int status = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
            if (status != 0) {
                throw new IOException("kill " + name + " of process " + process.pid() + " said " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
