package dev.trunkline.edge.fuzz;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects every exception that reached a log line of warning, and every one that ended a thread. */
public final class Faults extends Handler implements AutoCloseable {
    private static final List<String> LOGGERS =
            List.of("dev.trunkline.sip", "dev.trunkline.edge.calls", "dev.trunkline.edge.call");

    public final List<String> found = new CopyOnWriteArrayList<>();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    public Faults() {
        LOGGERS.forEach(name -> Logger.getLogger(name).addHandler(this));
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> found.add(thread + " ended by " + fault));
    }

    @Override
    public void publish(LogRecord record) {
        // Two warnings are not faults: a response that a peer's own headers make impossible to send, and late decisions, because
        // nobody decides in these tests.
        if (record.getLevel().intValue() >= Level.WARNING.intValue()
                && !record.getMessage().contains("could not be")
                && !record.getMessage().contains("sending to")
                && !record.getMessage().contains("decisions are late")) {
            found.add(record.getLoggerName() + " " + record.getMessage() + " " + record.getThrown());
        } else if (record.getMessage().contains("could not be taken")) {
            found.add(record.getLoggerName() + " " + record.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGERS.forEach(name -> Logger.getLogger(name).removeHandler(this));
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
