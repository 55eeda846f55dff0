package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.Topics;
import dev.trunkline.local.Suite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SpanCollector;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The suite on a Kafka with TLS where each service has a user of its own, with the rights of {@code docs/kafka.md} and no others. */
@Tag("long")
class GuardedSuiteIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CALL_ID = Pattern.compile("\"callId\":\"([0-9a-f-]{36})\"");
    private static final String ECHO = "+3225550101";
    private static final String ON_AGENT = "+3225550100";

    private static GuardedSuite guarded;

    @BeforeAll
    static void start() throws Exception {
        guarded = GuardedSuite.start();
    }

    @AfterAll
    static void stop() {
        if (guarded != null) {
            guarded.close();
        }
    }

    static GuardedSuite suite() {
        return guarded;
    }

    /** Runs on the same suite, because its start takes longer than the tests. */
    @Nested
    class WithLiveKitsSipApi extends LiveKitSipApi {}

    @Nested
    class WithLiveKitsSdks extends LiveKitSdks {}

    @Nested
    class WithLiveKitAway extends LiveKitAway {}

    @Nested
    class BesideAnotherNode extends LiveKitBeside {}

    @Nested
    class MovingFromLivekitSip extends MovingPage {}

    @Test
    void aCallGoesThroughAndTheCommandsSeeIt() throws Exception {
        String callId;
        try (Phone phone = phone()) {
            // The call is answered when the agent has come: every service has taken part by then.
            Call call = phone.dial(CallRequest.to(ON_AGENT).from("+32470150001").saying(AudioSource.echoProbe()));
            call.awaitAnswer(PATIENCE);
            call.hangUp().toCompletableFuture().join();
            callId = call.callId();
        }
        Script.Ended trace = guarded.script("trace", callId);
        assertThat(trace.exitCode()).as(trace.output()).isZero();
        assertThat(trace.output()).contains("sip-edge", "call-router", "rate-limiter", "media-relay", "agent-dispatcher");
        Script.Ended calls = guarded.script("calls", "--since", "1h");
        assertThat(calls.exitCode()).as(calls.output()).isZero();
        assertThat(calls.output()).contains(ON_AGENT);
        assertThat(guarded.script("calls", "--live").exitCode()).isZero();
    }

    /** The edge publishes the request as a command. Without the right to do so, it would answer 480 because there is no decision. */
    @Test
    void whatAPhoneMayNotHaveCalledByReferIsRefusedByTheRouter() throws Exception {
        try (Phone phone = phone()) {
            Call call = phone.dial(CallRequest.to(ECHO).from("+32470150004").saying(AudioSource.echoProbe()));
            call.awaitAnswer(PATIENCE);
            List<Header> refer = List.of(
                    new Header("Refer-To", "<sip:+32470123456@127.0.0.1>"), new Header("Contact", "<sip:phone@127.0.0.1:5999>"));
            assertThat(call.send("REFER", refer, "").toCompletableFuture().join().status()).isEqualTo(403);
            call.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void aCallIsOneTraceThroughEveryService() throws Exception {
        String sipCallId;
        try (Phone phone = phone()) {
            // The call is answered when its agent is there, so the dispatcher has published an event too.
            Call call = phone.dial(CallRequest.to(ON_AGENT).from("+32470150003").saying(AudioSource.echoProbe()));
            call.awaitAnswer(PATIENCE);
            call.hangUp().toCompletableFuture().join();
            sipCallId = call.callId();
        }
        Script.Ended trace = guarded.script("trace", sipCallId, "--json");
        assertThat(trace.exitCode()).as(trace.output()).isZero();
        String id = CALL_ID.matcher(trace.output()).results().findFirst().orElseThrow().group(1).replace("-", "");
        Await.until("the spans of the whole call", PATIENCE, () -> guarded.spans().of(id).stream().anyMatch(span -> span.name().equals("call")));
        Await.until("those of every service", PATIENCE, () -> guarded.spans().of(id).stream().map(SpanCollector.Span::service)
                .collect(Collectors.toSet()).containsAll(SuiteUnderTest.SERVICES));
        List<SpanCollector.Span> spans = guarded.spans().of(id);
        Set<String> ids = spans.stream().map(SpanCollector.Span::id).collect(Collectors.toSet());
        assertThat(spans).extracting(SpanCollector.Span::name)
                .contains("call.invite.received", "call.routed", "call.admitted", "call.media.ready", "call.answered", "call.ended");
        assertThat(spans).as("each hangs on another of its call, and the call on none").allSatisfy(span -> {
            if (span.name().equals("call")) {
                assertThat(span.parent()).isEmpty();
            } else {
                assertThat(ids).contains(span.parent().orElseThrow());
            }
            assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.beginNanos());
        });
    }

    @Test
    void whoSaysNotWhoTheyAreReadsNothing() throws Exception {
        Properties nobody = KafkaAddress.of(guarded.suite().backends().kafka()).adminProperties("nobody");
        // By default, Kafka's client retries for a minute.
        nobody.put("request.timeout.ms", "5000");
        nobody.put("default.api.timeout.ms", "10000");
        try (Admin admin = Admin.create(nobody)) {
            assertThat(admin.listTopics().names().toCompletionStage())
                    .failsWithin(Duration.ofSeconds(90));
        }
    }

    @Test
    void aServiceWhoseRightIsTakenAwayIsRefusedAndSaysSoUntilItHasItAgain() throws Exception {
        var right = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, Topics.EVENTS, PatternType.LITERAL),
                new AccessControlEntry("User:call-router", "*", AclOperation.READ, AclPermissionType.ALLOW));
        String said = "no right to READ topic call-events";
        try (Admin admin = Admin.create(guarded.asAdmin().adminProperties("test"))) {
            assertThat(get(admin.deleteAcls(List.of(right.toFilter())).all())).hasSize(1);
            Await.until("that calls are refused", PATIENCE, () -> refused());
            Await.until("that the router says so", PATIENCE, () -> guarded.health("call-router").contains(said));
            assertThat(guarded.health("call-router")).contains("DOWN");
            // The others have their rights and continue.
            assertThat(guarded.health("rate-limiter")).contains("UP").doesNotContain("no right");
            assertThat(refused()).isTrue();
            assertThat(log("call-router").lines().filter(line -> line.contains(said))).hasSize(1)
                    .allSatisfy(line -> assertThat(line).contains("group=call-router", "grant it", "docs/kafka.md"));
            get(admin.createAcls(List.of(right)).all());
        }
        Await.until("that the router is well again", PATIENCE, () -> !guarded.health("call-router").contains("DOWN"));
        Await.until("that calls are answered", PATIENCE, () -> !refused());
    }

    private static boolean refused() {
        try (Phone phone = phone()) {
            Call call = phone.dial(CallRequest.to(ECHO).from("+32470150002"));
            CallResult result = call.awaitFinal(PATIENCE);
            if (call.isUp()) {
                call.hangUp().toCompletableFuture().join();
            }
            return result instanceof CallResult.Refused;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Phone phone() throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", guarded.suite().settings().sipPort()).bindTo("127.0.0.1"));
    }

    private static <T> T get(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static String log(String service) throws IOException {
        Suite suite = guarded.suite();
        return Files.readString(suite.process(service).log(), StandardCharsets.UTF_8);
    }
}
