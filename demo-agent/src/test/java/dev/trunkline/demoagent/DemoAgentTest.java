package dev.trunkline.demoagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.demoagent.TestPhone.Heard;
import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage.SipDtmf;
import dev.trunkline.rtc.DataMessage.UserData;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agent on a real LiveKit, with callers that also use livekit-rtc. */
class DemoAgentTest {
    private static final Map<String, String> ANSWERED = Map.of("sip.callStatus", "active");
    private static LiveKit livekit;
    private static LiveKitRtc rtc;
    private static DemoAgent agent;

    private final String room = "room-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        livekit = new LiveKit(17880, List.of());
        rtc = LiveKitRtc.create(RtcSettings.defaults().withBindAddress(InetAddress.getLoopbackAddress()));
        agent = new DemoAgent(livekit.agent());
        TestPhone.await(agent::ready, "registration");
    }

    @AfterAll
    static void stop() {
        agent.close();
        rtc.close();
        livekit.close();
    }

    private TestPhone phone(AudioCodec codec) {
        return new TestPhone(rtc, livekit, room, codec, ANSWERED);
    }

    private void awaitIdle() throws InterruptedException {
        TestPhone.await(() -> agent.running() == 0, "the agent to leave");
    }

    @Test
    void greetsThenEchoesG711AsItCame() throws Exception {
        livekit.dispatch(room);
        try (TestPhone phone = phone(AudioCodec.PCMU)) {
            RemoteParticipant there = phone.awaitAgent();
            assertThat(there.attributes()).containsEntry("lk.agent_name", "demo");
            List<Heard> heard = phone.awaitEcho(50);

            List<byte[]> greeting = new Greeting(OpusCodec.concentus()).frames(AudioCodec.PCMU);
            int echoAt = 0;
            while (!heard.get(echoAt).echo()) {
                echoAt++;
            }
            assertThat(echoAt).as("packets of greeting").isBetween(1, greeting.size());
            assertThat(heard.subList(0, echoAt)).extracting(Heard::payload).isSubsetOf(greeting);
            assertThat(heard.subList(echoAt, heard.size())).allMatch(Heard::echo);
            assertThat(heard).allSatisfy(packet -> assertThat(packet.codec()).contains(AudioCodec.PCMU));
            Heard last = heard.getLast();
            Heard before = heard.get(heard.size() - 2);
            assertThat(last.timestamp() - before.timestamp() & 0xffffffffL)
                    .isEqualTo(160L * (last.sequence() - before.sequence() & 0xffff));
        }
        awaitIdle();
    }

    @Test
    void aLawComesBackInTheAgentsLaw() throws Exception {
        livekit.dispatch(room);
        try (TestPhone phone = phone(AudioCodec.PCMA)) {
            TestPhone.await(() -> phone.heard().stream().filter(this::isCrossedMark).count() > 20, "echo in µ-law");
        }
        awaitIdle();
    }

    @Test
    void whoeverAsksForOpusIsGreetedAndEchoedInOpus() throws Exception {
        livekit.dispatch(room, "{\"scenario\": \"echo\", \"codec\": \"opus\"}");
        int greeting = new Greeting(OpusCodec.concentus()).frames(AudioCodec.OPUS).size();
        try (TestPhone phone = phone(AudioCodec.PCMU)) {
            TestPhone.await(() -> phone.heard().size() > greeting + 50, "an echo after the greeting");
            assertThat(phone.heard()).allSatisfy(packet -> assertThat(packet.codec()).contains(AudioCodec.OPUS));
        }
        awaitIdle();
    }

    private boolean isCrossedMark(Heard packet) {
        byte[] crossed = new byte[TestPhone.MARK.length];
        G711.PCMA.cross(TestPhone.MARK, 0, crossed.length, crossed, 0);
        return packet.payload().length == 160
                && Arrays.equals(crossed, Arrays.copyOf(packet.payload(), crossed.length));
    }

    @Test
    void aPhoneThatIsNotSaidToBeAnsweredIsGreetedAllTheSame() throws Exception {
        livekit.dispatch(room);
        try (var phone = new TestPhone(rtc, livekit, room, AudioCodec.PCMU, Map.of("sip.callStatus", "ringing"))) {
            phone.awaitEcho(5);
        }
        awaitIdle();
    }

    @Test
    void keysComeBack() throws Exception {
        livekit.dispatch(room);
        try (TestPhone phone = phone(AudioCodec.PCMU)) {
            phone.awaitEcho(1);
            phone.room().sendData(new SipDtmf(11, "#")).toCompletableFuture().join();
            assertThat(phone.data().poll(20, TimeUnit.SECONDS)).isEqualTo(new SipDtmf(11, "#"));
        }
        awaitIdle();
    }

    @Test
    void aNineAsksForTheCallerToBeHandedOverWhereTheDispatchSaysToWhom() throws Exception {
        livekit.dispatch(room, "{\"hand_over\": \"+3225550199\"}");
        try (TestPhone phone = phone(AudioCodec.PCMU)) {
            phone.awaitEcho(1);
            phone.room().sendData(new SipDtmf(9, "9")).toCompletableFuture().join();
            assertThat(phone.data().poll(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(UserData.class, wish -> {
                assertThat(wish.topic()).isEqualTo("trunkline.transfer");
                assertThat(new String(wish.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"to\":\"+3225550199\"}");
            });
            byte[] failed = "{\"state\":\"failed\",\"detail\":\"The target is busy.\",\"status\":486}".getBytes(StandardCharsets.UTF_8);
            phone.room().sendData(new UserData("trunkline.transfer", failed, true)).toCompletableFuture().join();
            phone.heard().clear();
            phone.awaitEcho(5);
            phone.room().sendData(new SipDtmf(8, "8")).toCompletableFuture().join();
            assertThat(phone.data().poll(20, TimeUnit.SECONDS)).as("any other key comes back").isEqualTo(new SipDtmf(8, "8"));
        }
        awaitIdle();
    }

    @Test
    void leavesWhenItsDispatchIsTakenBack() throws Exception {
        String dispatch = livekit.dispatch(room);
        try (TestPhone phone = phone(AudioCodec.PCMU)) {
            phone.awaitEcho(1);
            livekit.deleteDispatch(room, dispatch);
            assertThat(phone.left().poll(20, TimeUnit.SECONDS)).isNotNull();
        }
        awaitIdle();
    }

    @Test
    void manyCallsAtOnceCostNoThreadEach() throws Exception {
        int calls = 12;
        List<TestPhone> phones = new ArrayList<>();
        try {
            long before = platformThreads();
            for (int call = 0; call < calls; call++) {
                String name = room + "-" + call;
                livekit.dispatch(name);
                phones.add(new TestPhone(rtc, livekit, name, AudioCodec.PCMU, ANSWERED));
            }
            for (TestPhone phone : phones) {
                phone.awaitEcho(10);
            }
            assertThat(agent.running()).isEqualTo(calls);
            assertThat(platformThreads() - before).isLessThan(calls);
        } finally {
            phones.forEach(TestPhone::close);
        }
        awaitIdle();
    }

    private static long platformThreads() {
        return Thread.getAllStackTraces().size();
    }

    @Test
    void healthAndMetricsAreServed() throws Exception {
        assertThat(get("/q/health/ready")).contains("UP");
        assertThat(get("/q/metrics")).contains("trunkline_demo_agent_registrations_total");
    }

    private static String get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + livekit.agent().httpPort().orElseThrow() + path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
