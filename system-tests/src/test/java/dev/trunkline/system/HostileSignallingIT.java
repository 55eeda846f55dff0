package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.hostile.Overlong;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.hostile.RawTcp;
import dev.trunkline.hostile.Volley;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.Reply;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Watch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one trunk sends, however long or often, affects no call of another, and OPTIONS are answered within a second. */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileSignallingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SEED = 4_475;
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final String CALLER = "+32470820001";
    private static final String CRYPTO_BOMB = "a=crypto:1 S inline:A" + " A".repeat(2_000);

    private final SuiteUnderTest suite;
    private Watch watch;
    private RawSip raw;

    HostileSignallingIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void aCallIsUp() throws Exception {
        HostileTrunks.apply(suite);
        watch = Watch.over(suite, "+32470820002");
        raw = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
    }

    @AfterEach
    void close() {
        raw.close();
        watch.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", ";a", ";a=", "; ", ";a=\"b\"", ",", " "})
    void aViaOfThousandsOfSeparatorsEndsNothing(String separator) throws Exception {
        String invite = raw.invite(HostileTrunks.UNKNOWN, CALLER);
        String own = RawSip.header(invite, "Via");
        raw.send(invite.replace("Via: " + own, "Via: SIP/2.0/UDP h" + separator.repeat(8_000)));
        raw.send(invite.replace("Via: " + own, "Via: " + own + separator.repeat(8_000)));
        watch.assertUnharmed("a Via with 8,000 times '" + separator + "'");
        watch.assertHangsUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ";", "\"", "\\\"", "(", "=", ";a=b"})
    void aByeWithALongReasonIsAnsweredAndEndsNothingElse(String filler) throws Exception {
        try (Phone phone = suite.phoneAt(HostileTrunks.ADDRESS)) {
            Call call = phone.dial(CallRequest.to(HostileTrunks.ECHO).from(CALLER));
            call.awaitAnswer(PATIENCE);
            Reply reply = call.send("BYE", List.of(new Header("Reason", "SIP;" + filler.repeat(7_000))), "")
                    .toCompletableFuture().get(20, java.util.concurrent.TimeUnit.SECONDS);
            watch.assertUnharmed("a BYE whose Reason has 7,000 times '" + filler + "'");
            // A malformed Reason, or one too long for a header field, may be refused or ignored, but the request is answered.
            assertThat(reply.status()).isIn(200, 400, 513);
            watch.assertHangsUp();
        }
    }

    @Test
    void namesInAViaAreLookedUpByNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            String options = raw.options();
            raw.send(options.replaceFirst("branch=", "maddr=name" + i + ".silent.example;branch="));
            raw.send(raw.options().replaceFirst("Via: SIP/2.0/UDP [^;]+", "Via: SIP/2.0/UDP name" + i + ".silent.example"));
            raw.send(raw.options().replaceFirst("branch=", "received=name" + i + ".silent.example;branch="));
        }
        watch.assertUnharmed("Vias with names");
        watch.assertHangsUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"received", "maddr"})
    void answersGoToTheSourceWhateverTheViaSays(String parameter) throws Exception {
        try (RawSip attacker = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
                RawSip victim = RawSip.openAt(new InetSocketAddress("127.0.0.43", attacker.port()), suite.edge())) {
            String options = attacker.options()
                    .replaceFirst(";rport", "")
                    .replaceFirst("branch=", parameter + "=127.0.0.43;branch=");
            attacker.send(options);
            assertThat(attacker.finalResponse(options, PATIENCE)).as("the answer at the source").isPresent();
            String invite = attacker.invite(HostileTrunks.UNKNOWN, CALLER)
                    .replaceFirst(";rport", "")
                    .replaceFirst("branch=", parameter + "=127.0.0.43;branch=");
            attacker.send(invite);
            Optional<String> refusal = attacker.finalResponse(invite, PATIENCE);
            assertThat(refusal).as("the answer to the INVITE at the source").isPresent();
            attacker.send(attacker.ack(invite, refusal.orElseThrow()));
            assertThat(victim.receive(Duration.ofSeconds(1))).as("what came to the address in the Via").isEmpty();
            watch.assertUnharmed("a Via with " + parameter);
        }
    }

    @Test
    void anOfferWithACryptoLineOfTwoThousandKeysIsAnsweredAndTakesNoPlaceForEver() throws Exception {
        suite.apply("trunks: [{name: hostile-few, addresses: [\"127.0.0.44\"], country: BE, max_early_calls: 2}]\n"
                + "rules: [{name: hostile-few, organisation: hostile, trunks: [hostile-few], numbers: [\"" + HostileTrunks.ECHO + "\"],"
                + " type: individual, room_prefix: few, agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate}]\n");
        suite.awaitTrunkAt("127.0.0.44");
        try (RawSip few = RawSip.open("127.0.0.44", suite.edge())) {
            for (int i = 0; i < 4; i++) {
                String invite = few.invite(HostileTrunks.ECHO, CALLER, few.offer() + CRYPTO_BOMB + "\r\n");
                RawCall call = RawCall.dial(few, invite);
                Optional<String> response = call.awaitFinal(PATIENCE);
                assertThat(response).as("the final response to INVITE %d with 2,000 keys", i).isPresent();
                assertThat(RawSip.status(response.orElseThrow())).as(response.get()).isIn(200, 400, 488);
                if (RawSip.status(response.get()) < 300) {
                    assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
                }
            }
            RawCall after = RawCall.dial(few, few.invite(HostileTrunks.ECHO, CALLER));
            assertThat(after.awaitFinal(PATIENCE).map(RawSip::status)).as("a call that is well formed").hasValue(200);
            assertThat(after.hangUp(PATIENCE)).isEqualTo(200);
        }
        watch.assertUnharmed("offers with 2,000 keys");
        watch.assertHangsUp();
    }

    @Test
    void aReInviteWithACryptoLineOfTwoThousandKeysLeavesTheCallThatItIsIn() throws Exception {
        RawCall call = RawCall.dial(raw, raw.invite(HostileTrunks.ECHO, CALLER));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(200);
        Optional<String> response =
                call.ask(call.request("INVITE", "", "application/sdp", raw.offer() + CRYPTO_BOMB + "\r\n"), PATIENCE);
        assertThat(response).as("the final response to the re-INVITE").isPresent();
        assertThat(call.hangUp(PATIENCE)).as("the answer to the BYE behind it").isEqualTo(200);
        watch.assertUnharmed("a re-INVITE with 2,000 keys");
        watch.assertHangsUp();
    }

    @Test
    void everyHeaderMayBeAsLongAsADatagram() throws Exception {
        Volley volley = new Volley(raw);
        for (String name : Overlong.headers()) {
            for (Map.Entry<String, String> filler : Overlong.fillers().entrySet()) {
                String invite = Overlong.withHeader(raw.invite(HostileTrunks.UNKNOWN, CALLER), name, filler.getValue());
                volley.fire(name + " with " + filler.getKey(), invite);
            }
            volley.readUntilQuiet(QUIET);
            watch.assertAnswering(name + " of up to 63,000 octets");
        }
        System.out.printf("hostile: %d INVITEs with a long header, answered by %s%n", volley.sent(), volley.statuses());
        watch.assertUnharmed("INVITEs with long headers");
        watch.assertHangsUp();
    }

    @Test
    void everyHeaderMayBeLongByTcpToo() throws Exception {
        Random random = new Random(SEED);
        for (String name : Overlong.headers()) {
            try (RawTcp tcp = RawTcp.open(HostileTrunks.ADDRESS, suite.edge())) {
                for (Map.Entry<String, String> filler : Overlong.fillers(random).entrySet()) {
                    String invite = Overlong.withHeader(raw.invite(HostileTrunks.UNKNOWN, CALLER), name, filler.getValue());
                    if (!tcp.send(tcp.byTcp(invite, raw.own()))) {
                        break;
                    }
                }
                watch.assertAnswering(name + " of up to 63,000 octets by TCP");
            }
        }
        watch.assertUnharmed("INVITEs with long headers by TCP");
        watch.assertHangsUp();
    }

    @Test
    void everyLineOfAnOfferMayBeAsLongAsADatagram() throws Exception {
        Volley volley = new Volley(raw);
        Random random = new Random(SEED);
        for (String line : Overlong.sdpLines()) {
            for (Map.Entry<String, String> filler : Overlong.fillers(random).entrySet()) {
                String sdp = Overlong.sdpWith(line, filler.getValue());
                String name = line + " with " + filler.getKey();
                volley.fire(name, raw.invite(HostileTrunks.OFFERS, CALLER, sdp));
                Await.pause(30);
            }
            volley.readUntilQuiet(QUIET);
            watch.assertAnswering("an offer whose line " + line + " has up to 63,000 octets");
        }
        volley.readUntilQuiet(Duration.ofSeconds(2));
        System.out.printf("hostile: %d offers with a long line, answered by %s%n", volley.sent(), volley.statuses());
        watch.assertUnharmed("offers with long lines");
        watch.assertHangsUp();
    }

    @Test
    void whatMayRepeatMayRepeatTenThousandTimes() throws Exception {
        Volley volley = new Volley(raw);
        for (Map.Entry<String, String> header : Overlong.repeatedHeaders(raw.own()).entrySet()) {
            volley.fire(header.getKey(), raw.invite(HostileTrunks.UNKNOWN, CALLER)
                    .replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + header.getValue()));
            volley.readUntilQuiet(Duration.ofMillis(20));
            watch.assertAnswering("10,000 times " + header.getKey());
        }
        for (Map.Entry<String, String> sdp : Overlong.repeatedSdp().entrySet()) {
            volley.fire(sdp.getKey(), raw.invite(HostileTrunks.OFFERS, CALLER, sdp.getValue()));
            volley.readUntilQuiet(Duration.ofMillis(50));
            watch.assertAnswering("an offer with 10,000 " + sdp.getKey());
        }
        for (Map.Entry<String, Overlong.Multipart> body : Overlong.multiparts(raw.offer()).entrySet()) {
            volley.fire(body.getKey(), raw.invite(HostileTrunks.OFFERS, CALLER, body.getValue().body())
                    .replace("application/sdp\r\nContent-Length", body.getValue().type() + "\r\nContent-Length"));
            volley.readUntilQuiet(Duration.ofMillis(50));
            watch.assertAnswering("a body of " + body.getKey());
        }
        volley.readUntilQuiet(Duration.ofSeconds(2));
        System.out.printf("hostile: %d INVITEs with much repeated, answered by %s%n", volley.sent(), volley.statuses());
        watch.assertUnharmed("INVITEs in which much repeats");
        watch.assertHangsUp();
    }

    /** Runs last, because unacknowledged responses are kept for 64 times T1 (RFC 3261 section 17.2.1): the 32 s are spent only once. */
    @Test
    @Order(Integer.MAX_VALUE)
    void nothingOfAllThisIsLeft() {
        watch.assertHangsUp();
        Await.until("no call is left at the edge", Duration.ofSeconds(40), () -> suite.gauge("sip-edge", "trunkline_edge_calls") == 0);
        Await.until("no call is left at the relay", Duration.ofSeconds(15), () -> suite.gauge("media-relay", "trunkline_relay_calls") == 0);
    }

    /** Three thousand a second, for {@code -Dtrunkline.flood.seconds}: 6 s in CI, 20 s as when the fault was first seen. */
    @Test
    void aFloodOfOptionsFromATrunkIsNoticedByNoOther() throws Exception {
        int seconds = Integer.getInteger("trunkline.flood.seconds", 6);
        long finalAnswers = 0;
        int calls = 0;
        try (Flood flood = new Flood(raw, 3_000); Phone phone = suite.phone()) {
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                Call call = phone.dial(CallRequest.to(HostileTrunks.UNKNOWN).from(CALLER));
                calls++;
                if (call.awaitFinal(Duration.ofSeconds(4)) instanceof dev.trunkline.phone.CallResult.Refused) {
                    finalAnswers++;
                }
                Await.pause(200);
            }
            System.out.printf("hostile: %d OPTIONS in %d s beside %d calls, %d of them answered%n", flood.sent(), seconds, calls, finalAnswers);
        }
        assertThat(finalAnswers).as("INVITEs of the other trunk with a final answer").isEqualTo(calls);
        watch.assertUnharmed("a flood of OPTIONS");
        watch.assertHangsUp();
        assertThat(suite.metrics("sip-edge").sum("trunkline_edge_unread_datagrams")).isLessThan(1_000);
    }

    /** Sends OPTIONS at a steady rate from a thread of its own; the answers are left unread in the socket. */
    private static final class Flood implements AutoCloseable {
        private final Thread thread;
        private volatile boolean open = true;
        private volatile int sent;

        Flood(RawSip from, int aSecond) {
            thread = Thread.ofPlatform().daemon().start(() -> {
                long begun = System.nanoTime();
                while (open) {
                    if (sent < (System.nanoTime() - begun) / 1e9 * aSecond) {
                        try {
                            from.send(from.options());
                            sent++;
                        } catch (IOException full) {
                            Thread.yield();
                        }
                    } else {
                        Await.pause(1);
                    }
                }
            });
        }

        int sent() {
            return sent;
        }

        @Override
        public void close() throws InterruptedException {
            open = false;
            thread.join();
        }
    }
}
