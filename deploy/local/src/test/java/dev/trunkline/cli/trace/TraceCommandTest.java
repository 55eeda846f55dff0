package dev.trunkline.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.cli.Shell;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Ports;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are found in a real Kafka. */
class TraceCommandTest {
    /** Records have the time at which they are written, so these calls are from today. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final String FIRST = uuidv7(NOW, 1);
    private static final String SECOND = uuidv7(NOW, 2);
    private static final String THIRD = uuidv7(NOW, 3);
    private static final String LEG = uuidv7(NOW.plusSeconds(5), 4);

    @TempDir
    static Path data;

    private static KafkaBroker kafka;

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeAll
    static void start() throws Exception {
        kafka = KafkaBroker.start(data, Ports.free());
        KafkaAddress address = KafkaAddress.of(kafka.bootstrapServers());
        TopicSetup.ensure(address, 3, (short) 1);
        try (CallEventPublisher publisher = new CallEventPublisher(address, "test")) {
            for (Story story : List.of(
                    Story.of(FIRST, "abc@pbx", NOW).answered(),
                    Story.of(SECOND, "c-***********@pbx", NOW).refused(),
                    Story.of(LEG, "leg@edge", NOW.plusSeconds(5)).dialled(CallId.of(FIRST)),
                    Story.of(THIRD, "c-***********@pbx", NOW.plusSeconds(1)).refused())) {
                for (Envelope event : story.events()) {
                    publisher.publish(event).toCompletableFuture().join();
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void shell() {
        shell = new Shell(folder).at(NOW.plusSeconds(60));
    }

    @Test
    void byOurId() {
        assertThat(trace(FIRST)).isZero();
        assertThat(shell.out())
                .startsWith("call      " + FIRST)
                .contains("Call-ID   abc@pbx", "outcome   Answered, talked for 19.6 s.", "media-relay asks for the end")
                .doesNotContain(SECOND);
        // The request is on another topic and appears where its time puts it.
        assertThat(shell.out().indexOf("asks for the end")).isLessThan(shell.out().indexOf("ended, room-closed"));
    }

    @Test
    void asJsonEachEventIsALine() {
        assertThat(shell.run("trace", FIRST, "--json", "--kafka", kafka.bootstrapServers())).isZero();
        assertThat(shell.out().lines()).hasSizeGreaterThan(10).allSatisfy(line -> assertThat(line)
                .startsWith("{\"id\":").contains("\"type\":\"dev.trunkline.", "\"data\":{\"callId\":\"").doesNotContain(SECOND));
    }

    @Test
    void aLegStandsBelowTheCallThatItWasMadeFor() {
        assertThat(trace(FIRST)).isZero();
        assertThat(shell.out()).startsWith("call      " + FIRST).contains("\n\ncall      " + LEG + "\nleg of    " + FIRST);
        assertThat(trace("leg@edge")).isZero();
        assertThat(shell.out()).startsWith("call      " + LEG).contains("Call-ID   leg@edge").doesNotContain("\ncall      ");
        assertThat(shell.run("trace", FIRST, "--json", "--kafka", kafka.bootstrapServers())).isZero();
        assertThat(shell.out().lines()).filteredOn(line -> line.contains("\"data\":{\"callId\":\"" + LEG)).hasSize(6);
    }

    @Test
    void bySipCallId() {
        assertThat(trace("abc@pbx")).isZero();
        assertThat(shell.out()).startsWith("call      " + FIRST).doesNotContain("masked");
    }

    @Test
    void byASipCallIdThatIsMaskedInTheEvents() {
        assertThat(trace("c-32470123456@pbx")).isZero();
        assertThat(shell.out())
                .startsWith("Found by its masked form, c-***********@pbx:")
                .contains("call      " + THIRD)
                .contains("matches 2 calls; this is the latest")
                .contains(SECOND);
    }

    @Test
    void nothingIsFoundAndTheErrorSaysHowFarBackItLooked() {
        assertThat(trace("xyz@pbx")).isEqualTo(1);
        assertThat(shell.err()).contains("xyz@pbx", "Looked at 4 INVITEs", "--since").doesNotContain("Exception");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void anIdOfNoCallIsLookedForAsASipCallIdToo() {
        assertThat(trace(uuidv7(NOW, 9))).isEqualTo(1);
        assertThat(shell.err()).contains("No call has the id or the SIP Call-ID");
    }

    @Test
    void sinceBoundsTheSearch() {
        shell.at(NOW.plusSeconds(3600));
        assertThat(shell.run("trace", "abc@pbx", "--since", "30m", "--kafka", kafka.bootstrapServers())).isEqualTo(1);
        assertThat(shell.err()).contains("Looked at 0 INVITEs");
    }

    private int trace(String id) {
        return shell.run("trace", id, "--kafka", kafka.bootstrapServers());
    }

    private static String uuidv7(Instant time, int last) {
        String millis = "%012x".formatted(time.toEpochMilli());
        return "%s-%s-7000-8000-%012x".formatted(millis.substring(0, 8), millis.substring(8), last);
    }
}
