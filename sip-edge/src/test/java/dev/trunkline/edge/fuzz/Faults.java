package dev.trunkline.edge.fuzz;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects each error that is logged, contained faults among them, and each exception that ends a thread. */
public final class Faults extends Handler implements AutoCloseable {
    /** Held here, because the JVM forgets a logger with its handlers when nobody refers to it. */
    private final Logger logger = Logger.getLogger("dev.trunkline");

    public final List<String> found = new CopyOnWriteArrayList<>();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    public Faults() {
        logger.addHandler(this);
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> found.add(thread + " ended by " + fault));
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() > Level.WARNING.intValue()) {
            found.add(record.getLoggerName() + " " + record.getMessage() + " " + record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
