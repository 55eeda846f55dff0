package dev.trunkline.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.cli.Shell;
import dev.trunkline.cli.TestRouter;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outbound calls and transfers are requested from a router and followed in a real Kafka. */
class DialCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static KafkaBroker kafka;
    private static CallEventPublisher publisher;

    @TempDir
    Path folder;

    private final CallId call = new CallId(UUID.randomUUID());
    private final CallId leg = new CallId(UUID.randomUUID());
    private TestRouter router;
    private Shell shell;

    @BeforeAll
    static void start() throws Exception {
        kafka = KafkaBroker.start(data, Ports.free());
        KafkaAddress address = KafkaAddress.of(kafka.bootstrapServers());
        TopicSetup.ensure(address, 1, (short) 1);
        publisher = new CallEventPublisher(address, "test");
    }

    @AfterAll
    static void stop() {
        publisher.close();
        kafka.close();
    }

    @BeforeEach
    void router() throws Exception {
        router = new TestRouter();
        shell = new Shell(folder);
    }

    @AfterEach
    void closeRouter() {
        router.close();
    }

    private CompletableFuture<Integer> run(String... words) {
        return CompletableFuture.supplyAsync(() -> shell.run(Stream.concat(
                Stream.of(words),
                Stream.of("--router", router.url(), "--token", "t", "--kafka", kafka.bootstrapServers()))
                .toArray(String[]::new)));
    }

    /** Publishes events once the router has been asked, as the services do. */
    private void said(CallEvent... events) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!router.wasAsked()) {
            assertThat(System.nanoTime()).as("the router is asked in time").isLessThan(until);
            Thread.sleep(10);
        }
        for (CallEvent event : events) {
            publisher.publish(new Envelope(
                            UUID.randomUUID(), "/sip-edge/edge-1", Instant.now(), Owners.edge("edge-1"),
                            "00-%s-7638a8ce505681e0-01".formatted(event.callId().traceId()), event))
                    .toCompletableFuture().join();
        }
    }

    private static CallEnded ended(CallId of, boolean answered) {
        return new CallEnded(of, "sip-edge", EndReason.CALLER_HUNG_UP, "", answered, 1_000, Optional.empty());
    }

    @Test
    void aCallOutIsAskedForAndFollowedToItsEnd() throws Exception {
        router.answers(202, "{\"call_id\":\"%s\"}".formatted(call));
        CompletableFuture<Integer> code = run("dial", "+3225550199", "--trunk", "phone", "--agent", "demo", "--ringing", "20");
        said(new LegRinging(call, Optional.empty(), "127.0.0.1:5070", 180, false),
                ended(new CallId(UUID.randomUUID()), true),
                new CallAnswered(call, "edge-1", AnswerPolicy.IMMEDIATE, 2_000, "sealed"), ended(call, true));
        assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.out()).contains("call.leg.ringing", "180 from 127.0.0.1:5070", "call.answered", "call.ended");
        assertThat(router.asked().uri()).isEqualTo("/calls");
        assertThat(router.asked().body()).isEqualTo(
                "{\"to\":\"+3225550199\",\"trunk\":\"phone\",\"agents\":[{\"name\":\"demo\"}],\"ringing_seconds\":20}");
    }

    @Test
    void aCallOutThatDoesNotComeAboutIsNoSuccess() throws Exception {
        router.answers(202, "{\"call_id\":\"%s\"}".formatted(call));
        CompletableFuture<Integer> code = run("dial", "+3225550199", "--json");
        said(new LegFailed(call, Optional.empty(), "127.0.0.1:5070", 486, "Busy."), ended(call, false));
        assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(shell.out().lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("\"type\":\"dev.trunkline.call."));
    }

    @Test
    void whatTheRouterRefusesIsSaid() throws Exception {
        router.answers(403, "{\"detail\":\"The organisation may not call there.\"}");
        assertThat(run("dial", "+87012345").get(60, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(shell.err()).contains("403", "The organisation may not call there.");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aTransferIsFollowedWithItsLegUntilItCameAbout() throws Exception {
        router.answers(202, "{}");
        CompletableFuture<Integer> code = run("transfer", call.toString(), "+3225550199", "--way", "bridge", "--stay");
        said(new LegRinging(leg, Optional.of(call), "before it is known", 180, false),
                new TransferStarted(call, "t-1", TransferWay.BRIDGE, Optional.of(leg), Optional.empty(), Optional.empty(), List.of()),
                new LegRinging(leg, Optional.of(call), "127.0.0.1:5070", 180, false),
                new TransferSucceeded(call, "t-1", TransferWay.BRIDGE, Optional.of(leg), true));
        assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.out()).contains("call.transfer.started", "180 from 127.0.0.1:5070", "call.transfer.succeeded");
        assertThat(router.asked().uri()).isEqualTo("/calls/" + call + "/transfer");
        assertThat(router.asked().body()).isEqualTo("{\"to\":\"+3225550199\",\"way\":\"bridge\",\"agents_stay\":true}");
    }

    @Test
    void aTransferThatFailedOrWhoseCallEndedIsNoSuccess() throws Exception {
        router.answers(202, "{}");
        CompletableFuture<Integer> failed = run("transfer", call.toString(), "+3225550199");
        said(new TransferFailed(
                call, "t-1", Optional.of(TransferWay.BRIDGE), Optional.of(leg), OptionalInt.of(486), "The target is busy.", List.of()));
        assertThat(failed.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(shell.out()).contains("486: The target is busy.");
    }
}
