package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faulty and malicious packets from phones, gateways and attackers, through the whole relay and back. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class MediaFaultsServiceTest extends WholeRelay {
    private static final String FAX = "m=image 4002 udptl t38\r\na=T38FaxVersion:0\r\n";

    /** An established call, with an agent that echoes. */
    private record TestCall(CallId id, FakePhone phone, FakeAgent agent, MediaReady ready) {}

    private FakePhone phone(String address) throws Exception {
        return phone(PhoneCodec.PCMU, address);
    }

    private FakePhone phone(PhoneCodec codec, String address) throws Exception {
        return opened(new FakePhone(codec, 20, 0x5555 + open.size(), InetAddress.ofLiteral(address)));
    }

    private TestCall call(FakePhone phone) throws Exception {
        return call(phone, AudioCodec.PCMU, UnaryOperator.identity());
    }

    private TestCall call(FakePhone phone, AudioCodec room, UnaryOperator<CallAdmitted> as) throws Exception {
        CallAdmitted admitted = as.apply(TestCalls.admitted("faults-" + UUID.randomUUID(), phone.offer()));
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        FakeAgent agent = opened(new FakeAgent(rtc, ready.room(), "agent-1", room));
        bus.await(admitted.callId(), AgentJoined.class);
        phone.answered(ready.sdpAnswer());
        return new TestCall(admitted.callId(), phone, agent, ready);
    }

    private static TestCall answered(TestCall call) {
        bus.say(new CallAnswered(call.id(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        return call;
    }

    private static void assertHeard(TestCall call) throws InterruptedException {
        int before = call.phone().heard.size();
        Await.untilTrue("the phone hears its tone", () -> call.phone().heard.size() > before + 40 && call.phone().hears(440));
    }

    private MediaRefused refused(TestCall call, int revision) throws Exception {
        return (MediaRefused) bus.await(call.id(), MediaRefused.class, event -> event.revision() == revision).record();
    }

    @Test
    void anOfferThatCannotBeTakenIsRefusedAtOnceAndTheCallGoesOn() throws Exception {
        TestCall call = answered(call(phone("127.0.0.1")));
        call.phone().hum(440);
        assertHeard(call);
        String head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
        List<String> offers = List.of(
                head + FAX, head + "m=audio 4000 RTP/AVP 18\r\n", "nonsense", head + "m=audio 0 RTP/AVP 0\r\n",
                call.phone().offer().replace("c=IN IP4 127.0.0.1", "c=IN IP6 2001:db8::10"));
        for (int i = 0; i < offers.size(); i++) {
            bus.say(new MediaOffered(call.id(), i + 1, offers.get(i)));
            MediaRefused refused = refused(call, i + 1);
            assertThat(refused.reason()).isEqualTo(RefusalReason.NO_COMMON_CODEC);
            assertThat(refused.relay()).isEqualTo("relay-t");
            assertThat(refused.detail()).isNotBlank();
        }
        assertThat(refused(call, 5).detail()).startsWith("Incompatible network address formats: ");
        assertHeard(call);

        bus.say(new MediaOffered(call.id(), 9, call.phone().offer() + FAX));
        var both = (MediaReady) bus.await(call.id(), MediaReady.class, ready -> ready.revision() == 9).record();
        assertThat(both.sdpAnswer()).contains("m=audio " + FakePhone.portOf(call.ready().sdpAnswer()) + " RTP/AVP 0 101 13\r\n")
                .endsWith("m=image 0 udptl t38\r\n");
        assertHeard(call);
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        assertThat(bus.count(call.id(), MediaReady.class)).isEqualTo(2);
    }

    @Test
    void whatCannotBeSentToIsRefusedAndOfAlternativesTheOneThatCanIsTaken() throws Exception {
        FakePhone phone = phone("127.0.0.1");
        CallAdmitted alone = TestCalls.admitted(
                "faults-" + UUID.randomUUID(), phone.offer().replace("c=IN IP4 127.0.0.1", "c=IN IP6 2001:db8::10"));
        admit(alone);
        var rejected = (CallRejected) bus.await(alone.callId(), CallRejected.class).record();
        assertThat(rejected.status()).isEqualTo(488);
        assertThat(rejected.trace()).extracting(TraceStep::step).contains("stream-address-family");

        String six = "m=audio " + phone.port() + " RTP/AVP 0 101\r\nc=IN IP6 2001:db8::10\r\n";
        CallAdmitted both = TestCalls.admitted(
                "faults-" + UUID.randomUUID(), phone.offer().replace("t=0 0\r\n", "t=0 0\r\na=group:ANAT 1 2\r\n" + six));
        admit(both);
        var ready = (MediaReady) bus.await(both.callId(), MediaReady.class).record();
        assertThat(ready.sdpAnswer()).contains("m=audio 0 RTP/AVP 0 101\r\n").contains("c=IN IP4 127.0.0.1\r\n");
    }

    @Test
    void aPhoneThatSaidThatItWillNotSendMayBeSilentButNotForEver() throws Exception {
        TestCall call = answered(call(phone("127.0.0.1")));
        call.phone().hum(440);
        assertHeard(call);
        bus.say(new MediaOffered(call.id(), 1, call.phone().offer("recvonly")));
        var ready = (MediaReady) bus.await(call.id(), MediaReady.class, answer -> answer.revision() == 1).record();
        assertThat(ready.sdpAnswer()).contains("a=sendonly\r\n");
        call.phone().hush();
        // The media timeout of these tests is 3 s, the longest hold 7 s.
        Thread.sleep(4_500);
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        var end = (EndCall) bus.await(call.id(), EndCall.class).record();
        assertThat(end.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
        assertThat(end.detail()).contains("as long as a hold may last");
    }

    /** G.711 passes to the room unchanged; G.722 is decoded in both directions. */
    @ParameterizedTest
    @CsvSource({"PCMU, PCMU", "G722, OPUS"})
    void timestampsThatJumpSilenceNobody(PhoneCodec codec, AudioCodec room) throws Exception {
        TestCall call = answered(call(phone(codec, "127.0.0.1"), room, UnaryOperator.identity()));
        call.phone().hum(440);
        assertHeard(call);
        call.phone().stumble(80_000);
        assertHeard(call);
        call.phone().jump(80_000);
        assertHeard(call);
        call.phone().jump(-160_000);
        assertHeard(call);
        call.phone().press(5);
        Await.untilTrue("the agent gets the key", () -> call.agent().data.contains(new DataMessage.SipDtmf(5, "5")));
    }

    @Test
    void aKeyWhosePacketsAreStampedAnewIsPressedOnce() throws Exception {
        TestCall call = answered(call(phone("127.0.0.1")));
        call.phone().hum(440);
        assertHeard(call);
        call.phone().press(1, 160);
        call.phone().press(2);
        call.phone().press(2, 80);
        call.phone().press(3);
        Await.untilTrue("the agent gets the last key", () -> call.agent().data.contains(new DataMessage.SipDtmf(3, "3")));
        assertThat(call.agent().data).map(key -> ((DataMessage.SipDtmf) key).digit()).containsExactly("1", "2", "2", "3");
    }

    @Test
    void packetsMayChangeTheirLengthInTheCall() throws Exception {
        TestCall call = answered(call(phone("127.0.0.1")));
        call.phone().hum(400);
        for (int millis : new int[] {40, 20, 60, 10, 100, 180, 20}) {
            call.phone().packetsOf(millis);
            int before = call.phone().heard.size();
            Await.untilTrue("the phone hears its tone in packets of " + millis + " ms",
                    () -> call.phone().heard.size() > before + 40 && call.phone().hears(400));
        }
    }

    @Test
    void aPhoneThatSendsFromAnotherPortThanItListensAtIsHeard() throws Exception {
        FakePhone listening = phone("127.0.0.1");
        FakePhone phone = phone("127.0.0.1");
        phone.describedAs("127.0.0.1", listening.port());
        TestCall call = answered(call(phone));
        phone.hum(440);
        assertHeard(call);
        phone.press(7);
        Await.untilTrue("the agent gets the key", () -> call.agent().data.contains(new DataMessage.SipDtmf(7, "7")));
    }

    @Test
    void aThiefBeforeThePhonesFirstPacketNeitherHearsNorIsHeard() throws Exception {
        FakePhone phone = phone("127.0.0.1");
        phone.describedAs("192.168.77.20", 4_000);
        FakePhone thief = phone("127.0.0.66");
        TestCall call = call(phone);
        thief.answered(call.ready().sdpAnswer());
        thief.hum(1_000);
        // Both before and after the answer, longer than any source is on trial.
        Thread.sleep(300);
        answered(call);
        Thread.sleep(300);
        phone.hum(440);
        assertHeard(call);
        assertThat(phone.share(1_000)).isLessThan(0.05);
        thief.press(6);
        phone.press(4);
        Await.untilTrue("the agent gets the phone's key", () -> !call.agent().data.isEmpty());
        assertThat(call.agent().data).containsExactly(new DataMessage.SipDtmf(4, "4"));
        assertThat(thief.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mediaFromElsewhereIsTakenOnlyWhereTheTrunkAllowsIt(boolean allowed) throws Exception {
        FakePhone phone = phone("127.0.0.3");
        phone.describedAs("192.168.77.20", 4_000);
        TestCall call = answered(
                call(phone, AudioCodec.PCMU, allowed ? TestCalls::fromAnywhere : UnaryOperator.identity()));
        phone.hum(440);
        if (allowed) {
            assertHeard(call);
        } else {
            bus.await(call.id(), EndCall.class);
            assertThat(phone.heard).isEmpty();
        }
    }

    @Test
    void beforeTheAnswerOnlyTheSourceThatTheSdpNamesIsHeard() throws Exception {
        FakePhone phone = phone("127.0.0.1");
        phone.describedAs("127.0.0.1", 4_000);
        TestCall call = call(phone);
        phone.hum(440);
        Thread.sleep(300);
        phone.press(9);
        Thread.sleep(100);
        assertThat(call.agent().data).isEmpty();
        answered(call);
        assertHeard(call);
        phone.press(8);
        Await.untilTrue("the agent gets the second key", () -> !call.agent().data.isEmpty());
        assertThat(call.agent().data).containsExactly(new DataMessage.SipDtmf(8, "8"));
    }
}
