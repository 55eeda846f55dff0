package dev.trunkline.demoagent;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Logs one line per fact to standard error, in the services' format: {@code 2026-11-29T12:34:56.789+01:00 INFO [Worker] …}. */
final class LogLines extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    static void install() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setFormatter(new LogLines());
        root.addHandler(console);
        root.setLevel(Level.INFO);
    }

    @Override
    public String format(LogRecord record) {
        String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
        String failure = record.getThrown() == null ? "" : ": " + record.getThrown();
        return "%s %-5s [%s] %s%s%n".formatted(
                TIME.format(record.getInstant()),
                level(record.getLevel()),
                logger.substring(logger.lastIndexOf('.') + 1),
                formatMessage(record),
                failure);
    }

    private static String level(Level level) {
        return switch (level.getName()) {
            case "SEVERE" -> "ERROR";
            case "WARNING" -> "WARN";
            case "FINE", "FINER", "FINEST" -> "DEBUG";
            default -> level.getName();
        };
    }
}
