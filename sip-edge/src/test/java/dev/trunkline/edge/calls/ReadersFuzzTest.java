package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.auth.DigestServer;
import dev.trunkline.edge.auth.Guesses;
import dev.trunkline.edge.auth.NonceCounts;
import dev.trunkline.edge.auth.Nonces;
import dev.trunkline.edge.auth.WrongAnswers;
import dev.trunkline.edge.call.GivenReason;
import dev.trunkline.edge.call.ToldKey;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.fuzz.Mutator;
import dev.trunkline.sip.message.SipHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reader of network input, on a stack of 512 KB: it returns for any input. */
class ReadersFuzzTest {
    private static final int ROUNDS = 1_500;
    private static final int LONG = 65_000;
    private static final long STACK = 512 * 1_024;
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final Sealer SEALER = new Sealer(new byte[32], new SecureRandom());
    private static final Trunk TRUNK = new Trunk("t1", "demo", List.of(), Optional.of("BE"), List.of("X-A"), List.of(),
            List.of(), List.of("diversion", "history-info", "to"), List.of());

    private record Reader(String name, Consumer<String> reads, List<String> sound) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Reader header(String name, String... sound) {
        var reader = new InviteReader("edge-1", Duration.ofSeconds(2), new Pseudonyms(new byte[32]),
                new SealedCallers(SEALER), new SealedHeads(SEALER), Clock.systemUTC(), UUID::randomUUID, false);
        return new Reader(name, text -> {
            var headers = new HashMap<String, List<String>>(Map.of(name, List.of(text, text)));
            Requests.anyInvite(Requests.from(text, "pbx", text), headers)
                    .ifPresent(invite -> reader.read(invite, TRUNK, "tag", Duration.ZERO));
            Requests.anyInvite(Requests.from("a", "pbx", ""), headers)
                    .ifPresent(invite -> reader.read(invite, TRUNK, "tag", Duration.ZERO));
        }, List.of(sound));
    }

    static Stream<Reader> readers() {
        var keys = new SdpKeys(SEALER);
        var digest = new DigestServer(
                new Nonces(new byte[32], bytes -> {}, Clock.systemUTC(), Duration.ofMinutes(1)), new NonceCounts(100),
                new WrongAnswers(Clock.systemUTC(), 3, Duration.ofSeconds(1), Duration.ofMinutes(5), 100),
                new Guesses(Clock.systemUTC(), 20, Duration.ofSeconds(1), Duration.ofMinutes(5), 1_000), Clock.systemUTC());
        var users = List.of(new TrunkUser("anna", "trunkline", Optional.of("0".repeat(32)), Optional.empty()));
        return Stream.of(
                new Reader("sdp", text -> Sdp.scrubbed(text), List.of(
                        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8\r\n"
                                + "a=rtpmap:0 PCMU/8000\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA|2^20|1:4;inline:BBBB\r\n")),
                new Reader("sdp keys", text -> {
                    keys.sealed(envelope(new MediaOffered(CALL, 1, text)));
                    keys.opened(envelope(new MediaReady(CALL, "r", "room", "PA", text, "PCMU", 0)));
                }, List.of("a=crypto:1 S inline:A\r\n", "a=crypto:1 S sealed:v1.AAAA KDR=1\r\n")),
                new Reader("dtmf-relay", text -> ToldKey.of(ToldKey.RELAYED, text), List.of("Signal=5\r\nDuration=160\r\n")),
                new Reader("dtmf", text -> ToldKey.of(ToldKey.PLAIN, text), List.of("5", "11")),
                new Reader("reason", text -> GivenReason.of(headers("reason", text)), List.of(
                        "SIP;cause=200;text=\"a, b\"", "Q.850;cause=16, SIP;cause=5")),
                new Reader("session timers", text -> {
                    TimerHeaders.of(headers("session-expires", text));
                    TimerHeaders.of(headers("min-se", text));
                    TimerHeaders.of(headers("supported", text));
                }, List.of("1800;refresher=uac", "90")),
                new Reader("digest", text -> digest.judge(
                        new DigestServer.Question("INVITE", "sip:a@b", "peer", "192.0.2.1", List.of(text)), users),
                        List.of("Digest username=\"anna\", realm=\"trunkline\", nonce=\"n\", uri=\"sip:a@b\", response=\"r\","
                                + " cnonce=\"c\", nc=00000001, qop=auth, algorithm=MD5")),
                new Reader("accept", text -> Requests.anyInvite(
                                Requests.from("a", "b", ""), Map.of("accept", List.of(text), "require", List.of(text)))
                        .ifPresent(invite -> Screening.ofInvite(invite, new dev.trunkline.edge.refresh.TimerPolicy(1800, 90))), List.of("application/sdp;q=1, text/plain")),
                header("p-asserted-identity", "\"Anna\" <sip:+32475112233@pbx>, <tel:+32475112233>"),
                header("remote-party-id", "\"Anna\" <sip:+32475112233@pbx>;party=calling;privacy=full"),
                header("diversion", "<sip:+3225550111@pbx>;reason=unconditional"),
                header("history-info", "<sip:1@a>;index=1, <sip:2@a>;index=1.1.2"),
                header("privacy", "id;user, none"),
                header("x-a", "anything"));
    }

    private static SipHeaders headers(String name, String value) {
        return SipHeaders.of(Map.of(name, List.of(value)));
    }

    private static Envelope envelope(dev.trunkline.events.CallRecord record) {
        return new Envelope(new UUID(1, 2), "/t", Instant.EPOCH, Owners.NONE, "", record);
    }

    /** Input that one caller once sent and that killed other callers' calls, and other repeated or nested input. */
    private static Stream<String> cruel(String sound) {
        var repeated = Stream.of(
                        " A", ";", ",", "\"", "\\", "<", ">", ";a=b", "a=crypto:1 S inline:A\r\n", ";inline:A", "|", "\r\n", "\n",
                        "m=audio 1 RTP/AVP 0\r\n", "\0", "%00", "1.", "(", ":", "=", " ", "\t", "a,", "\ud83d", "9")
                .flatMap(piece -> Stream.of(
                        sound + piece.repeat(Math.max(2_000, LONG / piece.length())),
                        piece.repeat(10_000 / piece.length() + 1) + sound,
                        "a=crypto:1 S inline:A" + piece.repeat(2_000)));
        return Stream.concat(repeated, Stream.of("", "=", "a=", "\"", "\\", "x".repeat(LONG), "1".repeat(LONG)));
    }

    private static void onSmallStack(Runnable task) throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(null, () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                thrown.set(fault);
            }
        }, "small-stack", STACK);
        thread.start();
        thread.join();
        assertThat(thrown.get()).isNull();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void returnsWhateverItIsGiven(Reader reader) throws Exception {
        onSmallStack(() -> {
            reader.sound().forEach(sound -> cruel(sound).forEach(reader.reads()));
            var mutator = new Mutator(
                    11, reader.sound().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
            for (int round = 0; round < ROUNDS; round++) {
                reader.reads().accept(new String(mutator.next(), StandardCharsets.UTF_8));
            }
        });
    }
}
