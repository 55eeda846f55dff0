package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every codec and packet length of a phone, through a real room and back to the phone. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class CodecServiceTest extends WholeRelay {

    /** An established call, with an agent that echoes. */
    private record TestCall(CallId id, FakePhone phone, FakeAgent agent, MediaReady ready) {}

    private TestCall call(PhoneCodec codec, int ptime, AudioCodec agentCodec) throws Exception {
        FakePhone phone = opened(new FakePhone(codec, ptime, 0x3333 + open.size()));
        CallAdmitted admitted = TestCalls.admitted("codec-" + UUID.randomUUID(), phone.offer());
        admit(admitted);
        var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
        FakeAgent agent = opened(new FakeAgent(rtc, ready.room(), "agent-1", agentCodec));
        bus.await(admitted.callId(), AgentJoined.class);
        phone.answered(ready.sdpAnswer());
        bus.say(new CallAnswered(admitted.callId(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        return new TestCall(admitted.callId(), phone, agent, ready);
    }

    @ParameterizedTest
    @CsvSource({
        "G722, 20, OPUS", "OPUS, 20, OPUS", "PCMU, 10, PCMU", "PCMA, 30, PCMA", "G722, 40, OPUS", "OPUS, 60, OPUS",
        "PCMU, 60, PCMU", "OPUS, 10, OPUS"
    })
    void aPhoneHearsItsOwnToneFromTheRoom(PhoneCodec codec, int ptime, AudioCodec room) throws Exception {
        TestCall call = call(codec, ptime, room);
        assertThat(call.ready().codec()).isEqualTo(codec.encodingName());
        assertThat(call.ready().sdpAnswer()).contains("a=ptime:" + ptime + "\r\n");
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        assertThat(call.agent().caller().audioTracks().getFirst().mimeType())
                .isEqualToIgnoringCase("audio/" + (room == AudioCodec.OPUS ? "opus" : room.name()));
        int step = codec.clockRate() / 1_000 * ptime;
        // A busy machine may cause a pause, which the timestamps show; after it the packets are in step again.
        Await.untilTrue("ten packets in a row are in step", () -> inStep(List.copyOf(call.phone().heard), step));
        assertThat(call.phone().heard).allMatch(packet -> packet.payloadType() == call.phone().voice.payloadType());
    }

    /** Returns whether the last ten packets follow one another without a gap. */
    private static boolean inStep(List<FakePhone.Heard> heard, int step) {
        List<FakePhone.Heard> last = heard.subList(Math.max(0, heard.size() - 10), heard.size());
        for (int i = 1; i < last.size(); i++) {
            if ((last.get(i).sequence() - last.get(i - 1).sequence() & 0xffff) != 1
                    || last.get(i).timestamp() - last.get(i - 1).timestamp() != step) {
                return false;
            }
        }
        return last.size() == 10;
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 10, 80", "PCMA, 30, 240", "G722, 40, 320", "PCMU, 60, 480"})
    void audioOf20MillisecondsIsRepacked(PhoneCodec codec, int ptime, int octets) throws Exception {
        TestCall call = call(codec, ptime, AudioCodec.OPUS);
        try (OpusHummer hummer = OpusHummer.in(rtc, call.agent().room.name(), 1_200)) {
            Await.untilTrue("the phone hears the room", () -> call.phone().hears(1_200));
            assertThat(hummer).isNotNull();
        }
        assertThat(call.phone().heard).allMatch(packet -> packet.payload().length == octets);
    }

    @Test
    void aToneAbove4000HertzIsHeardOnlyByWidebandPhones() throws Exception {
        TestCall wide = call(PhoneCodec.G722, 20, AudioCodec.OPUS);
        wide.phone().hum(5_000);
        Await.untilTrue("the phone hears it", () -> wide.phone().hears(5_000));
    }

    @ParameterizedTest
    @CsvSource({"G722", "OPUS"})
    void speakersOfAWidebandPhoneAreMixed(PhoneCodec codec) throws Exception {
        TestCall call = call(codec, 20, AudioCodec.OPUS);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        try (OpusHummer hummer = OpusHummer.in(rtc, call.agent().room.name(), 1_200)) {
            Await.untilTrue("the phone hears both", () -> call.phone().share(440) > 0.2 && call.phone().share(1_200) > 0.2);
            assertThat(hummer).isNotNull();
        }
        Await.untilTrue("the phone hears its tone alone", () -> call.phone().hears(440));
    }

    @Test
    void aPhoneChangesItsCodecInTheMiddleOfACall() throws Exception {
        TestCall call = call(PhoneCodec.G722, 20, AudioCodec.OPUS);
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        call.phone().hush();
        try (var other = new FakePhone(PhoneCodec.PCMA, 20, 0x4444)) {
            bus.say(new MediaOffered(call.id(), 1, other.offer()));
            var ready = (MediaReady) bus.await(call.id(), MediaReady.class, answer -> answer.revision() == 1).record();
            assertThat(ready.codec()).isEqualTo("PCMA");
            other.answered(ready.sdpAnswer());
            other.hum(700);
            Await.untilTrue("it hears its new tone in its new codec", () -> other.hears(700));
        }
    }

    @Test
    void aPhoneThatSaysThatItIsSilentIsNotTakenForGone() throws Exception {
        TestCall call = call(PhoneCodec.PCMU, 20, AudioCodec.PCMU);
        assertThat(call.ready().sdpAnswer()).contains("RTP/AVP 0 101 13\r\n").contains("a=rtpmap:13 CN/8000");
        call.phone().hum(440);
        Await.untilTrue("the phone hears its tone", () -> call.phone().hears(440));
        call.phone().hush();
        call.phone().comfortNoise();
        // The media timeout of these tests is 3 s.
        Thread.sleep(4_500);
        assertThat(bus.count(call.id(), EndCall.class)).isZero();
        int before = call.phone().heard.size();
        call.phone().hum(440);
        Await.untilTrue("its tone goes on", () -> call.phone().heard.size() > before + 40 && call.phone().hears(440));
    }
}
