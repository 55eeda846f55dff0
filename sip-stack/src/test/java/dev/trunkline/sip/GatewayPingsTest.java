package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.gateway.GatewayWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatewayPingsTest {
    private static final GatewayWatch WATCH =
            new GatewayWatch(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(4), 2, 1);

    private final ManualDelays time = new ManualDelays();
    private final PlayedPeers peers = new PlayedPeers();
    private final List<String> told = new ArrayList<>();
    private boolean throwing;
    private final GatewayPings pings = new GatewayPings(
            peers, new Gateway("carrier.example", OptionalInt.empty(), Optional.empty(), 0, 1), "sip:us@example.com",
            List.of("<sip:proxy.example;lr>"), WATCH, time, () -> time.instant().toEpochMilli() * 1_000_000, new Random(1),
            (gateway, status, took, up, changed) -> {
                told.add(status + " " + took.toMillis() + (up ? " up" : " down") + (changed ? " changed" : ""));
                if (throwing) {
                    throw new AssertionError("the listener's fault");
                }
            });

    private void start() {
        pings.start();
        time.settle();
    }

    @Test
    void itAsksThroughTheProxyAndTellsHowLongItTook() {
        start();
        assertThat(peers.last().request.method()).isEqualTo("OPTIONS");
        assertThat(peers.last().request.requestUri()).isEqualTo("sip:carrier.example");
        assertThat(peers.last().request.routes()).containsExactly("<sip:proxy.example;lr>");
        time.pass(Duration.ofMillis(20));
        peers.last().answer(200);
        time.settle();
        assertThat(told).containsExactly("200 20 up");
        time.pass(Duration.ofSeconds(30));
        assertThat(peers.sent).hasSize(2);
        assertThat(peers.last().request.callId()).as("each is its own").isNotEqualTo(peers.sent.getFirst().request.callId());
    }

    @Test
    void silenceTakesItOutAndAnAnswerBringsItBack() {
        start();
        time.pass(Duration.ofSeconds(4));
        assertThat(told).containsExactly("408 4000 up");
        time.pass(Duration.ofSeconds(9));
        assertThat(told).endsWith("408 4000 down changed");
        time.pass(Duration.ofSeconds(5));
        peers.last().answer(404);
        time.settle();
        assertThat(told.getLast()).endsWith("up changed");
    }

    @Test
    void anAnswerThatComesTooLateIsNotCountedTwice() {
        start();
        time.pass(Duration.ofSeconds(4));
        peers.last().answer(200);
        time.settle();
        assertThat(told).hasSize(1);
        time.pass(Duration.ofSeconds(5));
        peers.sent.getFirst().answer(200);
        time.settle();
        assertThat(told).as("it is not the answer of the next one either").hasSize(1);
    }

    @Test
    void whatTheListenerThrowsStopsNothing() {
        throwing = true;
        start();
        try {
            time.pass(Duration.ofSeconds(4));
        } catch (AssertionError itsFault) {
            // A thread that runs delayed tasks would ignore it too.
        }
        throwing = false;
        time.pass(Duration.ofSeconds(9));
        assertThat(peers.sent).hasSize(2);
    }

    @Test
    void itEnds() {
        start();
        pings.close();
        time.settle();
        peers.last().answer(200);
        time.pass(Duration.ofHours(1));
        assertThat(peers.sent).hasSize(1);
        assertThat(told).isEmpty();
        assertThat(time.waiting()).isZero();
    }
}
