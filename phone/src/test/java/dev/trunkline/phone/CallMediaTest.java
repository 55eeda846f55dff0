package dev.trunkline.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audio that a call sends and receives, and what happens during an established call. */
class CallMediaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String EVENTS = "a=rtpmap:101 telephone-event/8000\r\n";

    private static Phone phoneFor(TestUas uas) throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", uas.port()).withT1(Duration.ofMillis(100)));
    }

    private static TestUas.Script answering(String sdp) {
        return (uas, request) -> {
            switch (request.method()) {
                case "INVITE" -> uas.answer(request, sdp);
                case "ACK" -> { }
                default -> uas.reply(request, "200 OK", "", "");
            }
        };
    }

    /** Takes events until one is of this type. */
    private static <T extends CallEvent> T next(BlockingQueue<CallEvent> events, Class<T> kind) throws InterruptedException {
        CallEvent event;
        do {
            event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("a %s within 10 s", kind.getSimpleName()).isNotNull();
        } while (!kind.isInstance(event));
        return kind.cast(event);
    }

    @Test
    void measuresTheEchoOfItsBursts() throws Exception {
        BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ofMillis(70));
                TestUas uas = new TestUas(answering(TestUas.sdp(echo.port(), "0 101", EVENTS)));
                Phone phone = phoneFor(uas)) {
            var probe = new AudioSource.EchoProbe(1_000, Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(200), 0.25);
            Call call = phone.dial(CallRequest.to("1").saying(probe).recording().tell(events::add));
            for (int i = 0; i < 3; i++) {
                next(events, CallEvent.Echo.class);
            }
            call.hangUp().toCompletableFuture().join();

            MediaReport media = call.media();
            // Never less than the far end's delay; how much more depends on the machine.
            assertThat(media.echoDelaysMillis()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(delay -> assertThat(delay).isGreaterThan(65));
            assertThat(media.echoProbesSent()).isGreaterThanOrEqualTo(3);
            assertThat(media.medianEchoMillis()).isPresent();
            assertThat(media.packetsReceived()).isPositive().isLessThanOrEqualTo(media.packetsSent());
            assertThat(call.recording().length).isGreaterThan(4_000);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, names = {"PCMU", "PCMA"})
    void hearsItsToneComeBack(Codec codec) throws Exception {
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ZERO);
                TestUas uas = new TestUas(answering(TestUas.sdp(echo.port(), Integer.toString(codec.payloadType()), "")));
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1").offering(codec).saying(AudioSource.tone(440)).listeningFor(950));
            call.awaitAnswer(PATIENCE);
            until(() -> call.media().heardMillis(440) >= 300);

            assertThat(call.media().heardMillis(950)).isZero();
            assertThat(call.toneNow()).hasValue(440);
            assertThat(call.media().codec()).isEqualTo(codec);
            assertThat(call.media().levelDbfs()).isBetween(-16.0, -14.0);
        }
    }

    @Test
    void keysDigitsAndHearsThem() throws Exception {
        BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ZERO);
                TestUas uas = new TestUas(answering(TestUas.sdp(echo.port(), "0 97", EVENTS.replace("101", "97"))));
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1").tell(events::add));
            call.awaitAnswer(PATIENCE);
            call.sendDtmf('5');
            call.sendDtmf('#', Duration.ofMillis(100));

            assertThat(next(events, CallEvent.DigitHeard.class).digit()).isEqualTo(new ReceivedDigit('5', 160));
            assertThat(next(events, CallEvent.DigitHeard.class).digit()).isEqualTo(new ReceivedDigit('#', 100));
            until(() -> ends(echo, 5) == 3 && ends(echo, 11) == 3);
            assertThat(call.media().digits()).extracting(ReceivedDigit::digit).containsExactly('5', '#');
        }
    }

    private static long ends(TestUas.Echo echo, int code) {
        return echo.packets().stream().filter(packet -> (packet[1] & 0x7f) == 97 && packet[12] == code && (packet[13] & 0x80) != 0).count();
    }

    @Test
    void holdsAndResumes() throws Exception {
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ZERO);
                TestUas uas = new TestUas((far, request) -> {
                    switch (request.method()) {
                        case "INVITE" -> {
                            String mine = request.body().contains("a=inactive") ? "a=inactive\r\n" : "";
                            far.answer(request, TestUas.sdp(echo.port(), "0", mine));
                        }
                        case "ACK" -> { }
                        default -> far.reply(request, "200 OK", "", "");
                    }
                });
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            until(() -> call.media().packetsSent() > 5);

            assertThat(call.reinvite(Direction.INACTIVE).toCompletableFuture().join().ok()).isTrue();
            assertThat(uas.received("INVITE").getLast().header("CSeq")).isEqualTo("2 INVITE");
            until(() -> uas.received("ACK").size() == 2);
            assertThat(uas.received("ACK").getLast().header("CSeq")).isEqualTo("2 ACK");
            Thread.sleep(40);
            long held = call.media().packetsSent();
            Thread.sleep(200);
            assertThat(call.media().packetsSent()).isEqualTo(held);

            assertThat(call.reinvite(Direction.SENDRECV).toCompletableFuture().join().ok()).isTrue();
            until(() -> call.media().packetsSent() > held + 5);
            assertThat(call.sendOptions().toCompletableFuture().join().status()).isEqualTo(200);
        }
    }

    @Test
    void answersTheFarEndsRequests() throws Exception {
        BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
        try (TestUas uas = new TestUas(answering(TestUas.sdp(17_599, "0", ""))); Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1").tell(events::add));
            call.awaitAnswer(PATIENCE);
            TestUas.Received invite = uas.received("INVITE").getFirst();

            uas.request(invite, "INVITE", 1, "c: application/sdp\r\n", TestUas.sdp(17_599, "8", "a=sendonly\r\n"));
            TestUas.Received hold = uas.await("SIP/2.0 200");
            assertThat(hold.body()).contains("RTP/AVP 8\r\n").contains("a=recvonly");
            uas.request(invite, "ACK", 1, "", "");

            uas.request(invite, "INVITE", 2, "c: application/sdp\r\n", TestUas.sdp(17_599, "18", ""));
            uas.await("SIP/2.0 488");
            uas.request(invite, "REFER", 3, "Refer-To: <sip:1@127.0.0.1>\r\n", "");
            uas.await("SIP/2.0 405");
            uas.request(invite, "INFO", 4, "", "");
            uas.await("SIP/2.0 200");

            uas.request(invite, "BYE", 5, "Reason: SIP;cause=480;text=\"media-timeout\"\r\n", "");
            uas.await("SIP/2.0 200");
            assertThat(call.awaitEnd(PATIENCE)).hasValueSatisfying(end -> {
                assertThat(end.by()).isEqualTo(CallEnd.By.FAR_END);
                assertThat(end.reason()).contains("SIP;cause=480;text=\"media-timeout\"");
            });
            assertThat(next(events, CallEvent.RequestReceived.class).status()).isEqualTo(200);
        }
    }

    @Test
    void vanishesWithoutAWord() throws Exception {
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ZERO);
                TestUas uas = new TestUas(answering(TestUas.sdp(echo.port(), "0", "")));
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            TestUas.Received invite = uas.await("INVITE");
            uas.await("ACK");
            call.vanish();

            assertThat(call.awaitEnd(PATIENCE)).map(CallEnd::by).contains(CallEnd.By.VANISHED);
            int port = TestUas.portOf(invite.body());
            until(() -> {
                try (DatagramSocket free = new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"))) {
                    return free.isBound();
                } catch (IOException taken) {
                    return false;
                }
            });
            uas.request(invite, "BYE", 1, "", "");
            // The phone answers the other call's request only after it has ignored this one.
            uas.request(new TestUas.Received(invite.text().replace("Call-ID: ", "Call-ID: other"), invite.source()), "BYE", 1, "", "");
            assertThat(uas.await("SIP/2.0").text()).startsWith("SIP/2.0 481").contains("Call-ID: other");
            assertThat(uas.received("BYE")).isEmpty();
        }
    }

    @Test
    void holdsManyCallsOnThreeThreads() throws Exception {
        int calls = 60;
        try (TestUas.Echo echo = new TestUas.Echo(Duration.ZERO);
                TestUas uas = new TestUas(answering(TestUas.sdp(echo.port(), "0", "")));
                Phone phone = phoneFor(uas)) {
            List<Call> up = IntStream.range(0, calls).mapToObj(i -> phone.dial(CallRequest.to("1").from("+32255500" + i).saying(AudioSource.tone(700)))).toList();
            for (Call call : up) {
                call.awaitAnswer(PATIENCE);
                until(() -> call.media().heardMillis(700) > 0);
            }

            assertThat(up).extracting(Call::callId).doesNotHaveDuplicates();
            assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().startsWith("phone-")).hasSize(3);
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time by which it should have come about").isLessThan(end);
            Thread.sleep(10);
        }
    }
}
