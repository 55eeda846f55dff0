package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.srtp.SrtpSuite;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls whose INVITE or re-INVITE has no offer, waiting callers, keys received by INFO: the whole service. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LateOffersServiceTest extends WholeRelay {
    private final CallId call = new CallId(UUID.randomUUID());

    private MediaReady ready(int revision) throws Exception {
        return (MediaReady) bus.await(call, MediaReady.class, ready -> ready.revision() == revision).record();
    }

    private void answered() {
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
    }

    private FakeAgent agent(AudioCodec codec) throws Exception {
        FakeAgent agent = opened(new FakeAgent(rtc, "late-" + call, "agent-1", codec));
        bus.await(call, AgentJoined.class);
        return agent;
    }

    /** Starts a call that asks for an offer; the phone answers with its one codec. */
    private FakePhone answering(PhoneCodec codec, AudioCodec room) throws Exception {
        FakePhone phone = opened(new FakePhone(codec, 20, 0x6666));
        admit(TestCalls.admitted(call, "late-" + call, ""));
        MediaReady offer = ready(0);
        assertThat(offer.sdpAnswer()).contains(" RTP/AVP 0 8 9 96 101\r\n").contains("a=sendrecv\r\n");
        agent(room);
        phone.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(call, 0, phone.offer()));
        answered();
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
        return phone;
    }

    @ParameterizedTest
    @CsvSource({"PCMA, PCMU", "G722, PCMU", "OPUS, PCMU"})
    void aPhoneThatAsksForAnOfferIsHeard(PhoneCodec codec, AudioCodec room) throws Exception {
        FakePhone phone = answering(codec, room);
        assertThat(phone.heard).allMatch(packet -> packet.payloadType() == phone.voice.payloadType());
        assertThat(bus.count(call, CallResumed.class)).isZero();
    }

    @Test
    void aReinviteWithoutAnOfferGetsOneAndItsAnswerCounts() throws Exception {
        FakePhone phone = answering(PhoneCodec.PCMU, AudioCodec.PCMU);
        bus.say(new MediaOffered(call, 1, ""));
        // Comfort noise had been agreed on, because the phone had offered it.
        assertThat(ready(1).sdpAnswer()).contains(" RTP/AVP 0 8 9 96 101 13\r\n");
        bus.say(MediaOffered.answering(call, 1, phone.offer("sendonly")));
        bus.await(call, CallHeld.class);

        bus.say(new MediaOffered(call, 2, ""));
        ready(2);
        bus.say(MediaOffered.answering(call, 2, phone.offer()));
        bus.await(call, CallResumed.class);
        int before = phone.heard.size();
        Await.untilTrue("audio goes on", () -> phone.heard.size() > before + 40 && phone.hears(440));
    }

    @Test
    void anAnswerWithNothingThatIsSpokenEndsTheCall() throws Exception {
        admit(TestCalls.admitted(call, "late-" + call, ""));
        ready(0);
        bus.say(MediaOffered.answering(call, 0, "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 0 RTP/AVP 0\r\n"));
        var end = (EndCall) bus.await(call, EndCall.class).record();
        assertThat(end.detail()).contains("answered our offer");
    }

    @Test
    void ourOfferInASecureCallIsSecure() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x7777));
        var crypto = new PhoneCrypto(call, SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        admit(TestCalls.admitted(call, "late-" + call, crypto.secured(phone.offer())));
        phone.secure(crypto.agreed(ready(0).sdpAnswer()));
        agent(AudioCodec.PCMU);
        phone.answered(ready(0).sdpAnswer());
        answered();
        phone.hum(440);
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));

        bus.say(new MediaOffered(call, 1, ""));
        assertThat(ready(1).sdpAnswer()).contains(" RTP/SAVP 0 8 9 ").contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:");
        bus.say(MediaOffered.answering(call, 1, crypto.secured(phone.offer())));
        int before = phone.heard.size();
        Await.untilTrue("audio goes on", () -> phone.heard.size() > before + 40 && phone.hears(440));
        assertThat(phone.unreadable).hasValue(0);
    }

    @Test
    void whoWaitsHearsThatHeIsNotForgottenUntilTheAgentComes() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x8888));
        admit(TestCalls.admitted(call, "late-" + call, phone.offer()));
        phone.answered(ready(0).sdpAnswer());
        phone.hum(440);
        answered();
        Await.untilTrue("the first note", () -> phone.share(523.25) > 0.3);
        Await.untilTrue("the second note", () -> phone.share(659.25) > 0.3);
        agent(AudioCodec.PCMU);
        Await.untilTrue("then the agent", () -> phone.hears(440));
        int before = phone.heard.size();
        // Longer than the tone's period.
        Await.untilTrue("and nothing else", () -> phone.heard.size() > before + 175);
        assertThat(phone.share(523.25)).isLessThan(0.05);
    }

    @Test
    void keysThatTheEdgeWasToldReachTheRoom() throws Exception {
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x9999));
        admit(TestCalls.admitted(call, "late-" + call, phone.offer()));
        ready(0);
        FakeAgent agent = agent(AudioCodec.PCMU);
        String key = TestCalls.SEALER.seal(call, "#".getBytes(StandardCharsets.US_ASCII));
        bus.say(new DtmfReceived(call, true, 100, Optional.of("v1.broken")));
        bus.say(new DtmfReceived(call, true, 100, Optional.of(key)));
        Await.untilTrue("the agent gets the key", () -> !agent.data.isEmpty());
        assertThat(agent.data).containsExactly(new DataMessage.SipDtmf(11, "#"));
    }
}
