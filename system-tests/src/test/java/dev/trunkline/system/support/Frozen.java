package dev.trunkline.system.support;

import java.io.IOException;

/** A process that is frozen (SIGSTOP) until this is closed: its sockets stay open, and nothing answers on them. */
public final class Frozen implements AutoCloseable {
    private final long pid;

    private Frozen(long pid) {
        this.pid = pid;
    }

    public static Frozen process(long pid) throws IOException, InterruptedException {
        signal("STOP", pid);
        return new Frozen(pid);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " " + pid + " ended with " + code);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        signal("CONT", pid);
    }
}
