package dev.trunkline.backends;

import java.io.IOException;
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

    /** The first process hears it first: one that stands still starts no more children. */
    private void signal(String name) throws IOException {
        ProcessHandle first = ProcessHandle.of(pid.applyAsLong(running()))
                .orElseThrow(() -> new IOException("the process has ended"));
        kill(name, first);
        for (ProcessHandle child : first.descendants().toList()) {
            try {
                kill(name, child);
            } catch (IOException e) {
                // A child may end by itself between the list and the signal: a session of Postgres does when it is left.
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
