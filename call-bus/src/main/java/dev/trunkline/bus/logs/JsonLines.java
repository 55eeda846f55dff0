package dev.trunkline.bus.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * A log line as a JSON object: {@code time} (ISO 8601, UTC), {@code level}, {@code service}, {@code instance}, {@code logger},
 * {@code call} if the line is about one, {@code message} as it is in text, and {@code stack} for a throwable.
 */
public final class JsonLines extends ExtFormatter {
    private static final String CALL = "call=";
    /** Maximum number of characters of a stack trace; longer ones are cut. */
    static final int LONGEST_STACK = 16_384;
    /** A call id has 36. */
    private static final int LONGEST_CALL = 64;

    private final JsonFactory json = new JsonFactory();
    private final String service;
    private final String instance;

    public JsonLines(String service, String instance) {
        this.service = service;
        this.instance = instance;
    }

    /** Takes effect from now on, if the settings say so, for everything that this process logs. Earlier lines are text. */
    public static void install(LogSettings settings, String service, String instance) {
        if (settings.logJson()) {
            var lines = new JsonLines(service, instance);
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                use(lines, handler);
            }
        }
    }

    /** Quarkus keeps its handlers inside one that waits for the settings. */
    private static void use(JsonLines lines, Handler handler) {
        if (handler.getFormatter() != null) {
            handler.setFormatter(lines);
        }
        if (handler instanceof ExtHandler outer) {
            for (Handler inner : outer.getHandlers()) {
                use(lines, inner);
            }
        }
    }

    @Override
    public String format(ExtLogRecord line) {
        var text = new StringWriter(256);
        try (JsonGenerator object = json.createGenerator(text)) {
            String message = Optional.ofNullable(line.getFormattedMessage()).orElse("");
            object.writeStartObject();
            object.writeStringField("time", line.getInstant().toString());
            object.writeStringField("level", line.getLevel().getName());
            object.writeStringField("service", service);
            object.writeStringField("instance", instance);
            object.writeStringField("logger", Optional.ofNullable(line.getLoggerName()).orElse(""));
            Optional<String> call = call(message);
            if (call.isPresent()) {
                object.writeStringField("call", call.get());
            }
            object.writeStringField("message", message);
            if (line.getThrown() != null) {
                object.writeStringField("stack", stack(line));
            }
            object.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.append('\n').toString();
    }

    /** Returns the call that a line is about, if the line names it as {@code CallLabel} does. */
    static Optional<String> call(String message) {
        int at = message.startsWith(CALL) ? 0 : message.indexOf(' ' + CALL) + 1;
        if (!message.startsWith(CALL, at)) {
            return Optional.empty();
        }
        int begin = at + CALL.length();
        int end = begin;
        while (end < message.length() && end - begin < LONGEST_CALL && message.charAt(end) > ' ') {
            end++;
        }
        return end == begin ? Optional.empty() : Optional.of(message.substring(begin, end));
    }

    private static String stack(LogRecord line) {
        var stack = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(stack));
        String text = stack.toString();
        return text.length() <= LONGEST_STACK ? text : text.substring(0, LONGEST_STACK);
    }
}
