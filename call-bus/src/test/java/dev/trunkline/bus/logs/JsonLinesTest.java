package dev.trunkline.bus.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final String CALL = "018f2c3e-7b1a-7c5d-9e3f-123456789abc";

    @Test
    void a_line_is_one_object_with_the_call_that_it_is_about() throws Exception {
        JsonNode line = line(record("call=%s organisation=%s trunk=%s answered", CALL, "bakery", "pbx"));

        assertThat(line.path("call").asText()).isEqualTo(CALL);
        assertThat(line.path("message").asText()).isEqualTo("call=" + CALL + " organisation=bakery trunk=pbx answered");
        assertThat(line.path("service").asText()).isEqualTo("sip-edge");
        assertThat(line.path("instance").asText()).isEqualTo("sip-edge-1");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("dev.trunkline.Some");
        assertThat(line.path("time").asText()).endsWith("Z");
    }

    @Test
    void what_the_network_sent_cannot_break_a_line() throws Exception {
        ExtLogRecord record = record("trunk says \"%s\"", "x\n{\"level\":\"ERROR\"}\u0000\u001b[31m");
        String text = new JsonLines("sip-edge", "sip-edge-1").format(record);

        assertThat(text).endsWith("}\n");
        assertThat(text.strip()).doesNotContain("\n", "\u0000", "\u001b");
        assertThat(line(record).path("message").asText()).contains("{\"level\":\"ERROR\"}");
    }

    @Test
    void a_line_of_no_call_has_none() {
        assertThat(JsonLines.call("started")).isEmpty();
        assertThat(JsonLines.call("recall=7")).isEmpty();
        assertThat(JsonLines.call("call=")).isEmpty();
        assertThat(JsonLines.call("the end of call=" + CALL)).contains(CALL);
        assertThat(JsonLines.call("call=" + "x".repeat(500)).orElseThrow()).hasSize(64);
    }

    @Test
    void what_was_thrown_is_in_it_up_to_a_length() throws Exception {
        ExtLogRecord record = record("failed");
        record.setThrown(new IllegalStateException("y".repeat(100_000)));

        assertThat(line(record).path("stack").asText()).startsWith("java.lang.IllegalStateException: yyy").hasSize(JsonLines.LONGEST_STACK);
    }

    @Test
    void only_where_the_setting_says_so_is_the_log_changed() {
        Logger root = Logger.getLogger("");
        Handler console = new ConsoleHandler();
        Formatter text = console.getFormatter();
        root.addHandler(console);
        Stream<Handler> others = Stream.of(root.getHandlers()).filter(handler -> handler != console);
        var before = others.collect(java.util.stream.Collectors.toMap(handler -> handler, handler -> java.util.Optional.ofNullable(handler.getFormatter())));
        try {
            JsonLines.install(() -> false, "sip-edge", "sip-edge-1");
            assertThat(console.getFormatter()).isSameAs(text);
            JsonLines.install(() -> true, "sip-edge", "sip-edge-1");
            assertThat(console.getFormatter()).isInstanceOf(JsonLines.class);
        } finally {
            root.removeHandler(console);
            before.forEach((handler, formatter) -> formatter.ifPresent(handler::setFormatter));
        }
    }

    private static ExtLogRecord record(String format, Object... arguments) {
        var record = new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, JsonLinesTest.class.getName());
        record.setParameters(arguments);
        record.setLoggerName("dev.trunkline.Some");
        return record;
    }

    private static JsonNode line(ExtLogRecord record) throws Exception {
        return new JsonMapper().readTree(new JsonLines("sip-edge", "sip-edge-1").format(record));
    }
}
