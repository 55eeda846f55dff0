package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Metrics;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looks for a unique caller number and name in all stores and logs, after a call and after a refused one. */
@ExtendWith(SuiteExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PrivacyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NATIONAL = "471839265";
    private static final String CALLER = "+32" + NATIONAL;
    private static final String NAME = "Zdenka Quastenflosser";
    /** Any spelling of the number ends with the national digits, with or without separators. */
    private static final Pattern NUMBER_IN_ANY_FORM = Pattern.compile(
            NATIONAL.chars().mapToObj(Character::toString).collect(Collectors.joining("[-. ()/]{0,2}")));
    private static final Pattern TRACES = Pattern.compile(Stream.of(
                    NUMBER_IN_ANY_FORM.pattern(),
                    "Zdenka", "Quastenflosser",
                    base64(CALLER), base64("0" + NATIONAL), base64(NAME), base64("sip_" + CALLER))
            .collect(Collectors.joining("|")));

    private final SuiteUnderTest suite;

    PrivacyIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    private static String base64(String text) {
        // The last characters are left out, because they depend on what follows.
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return Pattern.quote(encoded.substring(0, encoded.length() - 2));
    }

    private Phone phone;
    private Call up;

    @BeforeAll
    void callWithEveryFormOfTheNumber() {
        phone = suite.phone();
        for (String form : List.of(CALLER, "0" + NATIONAL, "0032" + NATIONAL, "32" + NATIONAL)) {
            Call call = phone.dial(request(Numbers.IMMEDIATE, form));
            call.awaitAnswer(PATIENCE);
            call.sendDtmf('5');
            call.hangUp().toCompletableFuture().join();
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        }
        Call refused = phone.dial(request(Numbers.UNKNOWN, CALLER));
        refused.awaitFinal(PATIENCE);
        suite.events().of(refused).assertRejected(RefusalReason.NUMBER_UNKNOWN);
        Call unattended = phone.dial(request(Numbers.NOBODY_COMES, CALLER));
        unattended.awaitFinal(PATIENCE);
        suite.events().of(unattended).assertRejected(RefusalReason.NO_AGENT);
        // A call that is up while Redis and the metrics are inspected.
        up = phone.dial(request(Numbers.ON_AGENT, CALLER));
        up.awaitAnswer(PATIENCE);
        suite.events().of(up).await(CallHeartbeat.class);
    }

    @AfterAll
    void hangUp() {
        up.hangUp().toCompletableFuture().join();
        phone.close();
    }

    private static CallRequest request(String number, String caller) {
        return CallRequest.to(number).from(caller).named(NAME)
                .header("P-Asserted-Identity", "\"" + NAME + "\" <sip:" + CALLER + "@pbx.example>")
                .header("Remote-Party-ID", "<sip:" + CALLER + "@pbx.example>;party=calling")
                .header("Diversion", "<tel:" + CALLER + ">;reason=unconditional")
                .saying(AudioSource.tone(700));
    }

    @Test
    void theSearchFindsWhatItLooksFor() {
        for (String form : List.of(CALLER, "0471 83 92 65", "0471/83.92.65", "sip_" + CALLER, "%2B32" + NATIONAL, NAME)) {
            assertThat(form).containsPattern(TRACES);
            assertThat(Base64.getEncoder().encodeToString(CALLER.getBytes(StandardCharsets.UTF_8))).containsPattern(TRACES);
        }
    }

    @Test
    void noMessageOnKafkaHoldsTheCaller() {
        assertThat(suite.events().messages()).isNotEmpty().allSatisfy(message -> {
            assertThat(text(message)).doesNotContainPattern(TRACES);
        });
    }

    @Test
    void noLogHoldsTheCaller() throws IOException {
        try (Stream<Path> files = Files.walk(suite.suite().logs())) {
            List<Path> logs = files.filter(Files::isRegularFile).toList();
            assertThat(logs).extracting(log -> log.getFileName().toString())
                    .contains("sip-edge.log", "call-router.log", "rate-limiter.log", "media-relay.log",
                            "agent-dispatcher.log", "demo-agent.log", "livekit.log");
            for (Path log : logs) {
                assertThat(linesWithTraces(log)).as(log.toString()).isEmpty();
            }
        }
    }

    @Test
    void redisDoesNotHoldTheCaller() throws IOException {
        try (Redis redis = suite.redis()) {
            assertThat(redis.everything()).isNotEmpty().doesNotContainPattern(TRACES);
        }
    }

    @Test
    void noMetricHoldsTheCaller() throws Exception {
        for (String service : SuiteUnderTest.SERVICES) {
            Metrics metrics = suite.metrics(service);
            assertThat(metrics.text()).as(service).contains("trunkline_").doesNotContainPattern(TRACES);
        }
    }

    private static List<String> linesWithTraces(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> TRACES.matcher(line).find()).toList();
        }
    }

    private static String text(ConsumerRecord<String, byte[]> message) {
        StringBuilder text = new StringBuilder(message.topic()).append(' ').append(message.key());
        for (Header header : message.headers()) {
            text.append('\n').append(header.key()).append(": ").append(latin(header.value()));
        }
        return text.append("\n\n").append(latin(message.value())).toString();
    }

    private static String latin(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
