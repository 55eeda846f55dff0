package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Correct but rare things that carriers, PBXs and phones send, from INVITE to audio. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class TrunksAndPhonesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CALLER = "+32470850001";
    private static final int TONE = 700;

    private static final String TRANSACTIONS = "trunkline_edge_transactions";

    private final SuiteUnderTest suite;
    private RawSip sip;
    private RawRtp phone;

    TrunksAndPhonesIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void trunks() throws Exception {
        HostileTrunks.apply(suite);
        sip = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
        phone = RawRtp.open(HostileTrunks.ADDRESS, 0, TONE, new Random(10));
    }

    @AfterEach
    void close() {
        sip.close();
        phone.close();
    }

    private String offer() {
        return RawCall.offer(phone.address(), phone.port());
    }

    private String invite() {
        return sip.invite(HostileTrunks.ECHO, CALLER, offer());
    }

    private String invite(String type, String body) {
        return sip.head("INVITE", HostileTrunks.ECHO, CALLER)
                + "Contact: <sip:raw@" + sip.own() + ">\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void talks(String invite) throws IOException {
        RawCall call = RawCall.dial(sip, invite);
        Optional<String> answer = call.awaitFinal(PATIENCE);
        assertThat(answer.map(RawSip::status)).as("the answer to the INVITE").hasValue(200);
        hears(call);
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        suite.events().ofSipCallId(call.callId()).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    private void hears(RawCall call) {
        phone.say(call.media(), TONE);
        awaitEcho("of the call");
    }

    private void awaitEcho(String what) {
        long heard = phone.heardMillis();
        Await.until("the echo " + what, PATIENCE, () -> phone.heardMillis() >= heard + 500);
    }

    private static String part(String headers, String body) {
        return "--x-y\r\n" + headers + "\r\n\r\n" + body + "\r\n";
    }

    @Test
    void anOfferBesideAnIsupPartIsFound() throws Exception {
        String isup = part("Content-Type: application/isup; version=itu-t92+; base=itu-t92+\r\n"
                + "Content-Disposition: signal; handling=optional", "\u0001\u0010\u0060\u0001\n\u0003\u0002\r\n--not");
        talks(invite("multipart/mixed;boundary=\"x-y\"", isup + part("Content-Type: application/sdp", offer()) + "--x-y--\r\n"));
    }

    @Test
    void anOfferBeforeALocationIsFound() throws Exception {
        String location = part("Content-Type: application/pidf+xml\r\nContent-ID: <here@caller.example>\r\n"
                + "Content-Disposition: render;handling=optional", "<?xml version=\"1.0\"?><presence entity=\"pres:a@b.example\"/>");
        talks(invite("multipart/mixed; boundary=x-y", part("Content-Type: application/sdp", offer()) + location + "--x-y--"));
    }

    @Test
    void aPartThatIsRequiredAndUnknownIsRefused() throws Exception {
        String strange = part("Content-Type: application/x-nobody-knows\r\nContent-Disposition: session;handling=required", "x");
        RawCall call = RawCall.dial(sip,
                invite("multipart/mixed;boundary=x-y", strange + part("Content-Type: application/sdp", offer()) + "--x-y--\r\n"));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(415);
    }

    @Test
    void aFaxIsDeclinedAtOnceAndTheCallGoesOn() throws Exception {
        RawCall call = RawCall.dial(sip, invite());
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(200);
        hears(call);
        String fax = RawCall.lines(
                "v=0", "o=- 1 2 IN IP4 " + phone.address(), "s=-", "c=IN IP4 " + phone.address(), "t=0 0",
                "m=image " + (phone.port() + 2) + " udptl t38", "a=T38FaxVersion:0", "a=T38MaxBitRate:14400");
        // A gateway that gets no answer for a second and a half retries or gives the call up.
        assertThat(call.ask(call.request("INVITE", "", "application/sdp", fax), Duration.ofMillis(1_500)).map(RawSip::status)).hasValue(488);
        awaitEcho("after the fax was declined");
        String both = offer() + "m=image " + (phone.port() + 2) + " udptl t38\r\na=T38FaxVersion:0\r\n";
        assertThat(call.ask(call.request("INVITE", "", "application/sdp", both), PATIENCE)).hasValueSatisfying(answer -> {
            assertThat(RawSip.status(answer)).isEqualTo(200);
            assertThat(answer).contains("m=image 0 ");
        });
        awaitEcho("after audio and fax were offered together");
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
    }

    @Test
    void anInviteThatExpiresWhileItRingsGets487() throws Exception {
        RawCall call = RawCall.dial(sip, sip.invite(HostileTrunks.NOBODY, CALLER).replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nExpires: 1\r\n"));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(487);
        CallLog log = suite.events().ofSipCallId(call.callId());
        assertThat(log.all(CallRejected.class)).as("a call whose time was over was not refused").isEmpty();
        log.assertEnded(EndReason.CANCELLED);
    }

    @Test
    void aCallThatWasAnsweredDoesNotExpire() throws Exception {
        RawCall call = RawCall.dial(sip, invite().replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nExpires: 1\r\n"));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(200);
        hears(call);
        Await.pause(1_500);
        awaitEcho("after the time of Expires");
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {6_500, 12_000, 30_000, 60_000})
    void anInviteOfManyHeadersIsTaken(int octets) throws Exception {
        String invite = invite();
        StringBuilder more = new StringBuilder();
        for (int i = 0; invite.length() + more.length() < octets - 220; i++) {
            more.append("X-Metadata-").append(i).append(": ").append("m".repeat(200)).append("\r\n");
        }
        talks(invite.replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + more));
    }

    @ParameterizedTest
    @ValueSource(ints = {6_500, 30_000, 60_000})
    void anInviteWithALongOfferIsTaken(int octets) throws Exception {
        StringBuilder sdp = new StringBuilder(offer());
        while (sdp.length() < octets - 1_000) {
            sdp.append("a=candidate:1 1 UDP 2130706431 192.0.2.1 3478 typ host\r\n");
        }
        talks(sip.invite(HostileTrunks.ECHO, CALLER, sdp.toString()));
    }

    @Test
    void aMissingMaxForwardsIsTaken() throws Exception {
        talks(invite().replace("Max-Forwards: 70\r\n", ""));
    }

    @Test
    void aThousandOptionsLeaveNoTransactionsBehind() throws Exception {
        int answered = 0;
        for (int i = 0; i < 1_000; i++) {
            String options = sip.options();
            sip.send(options);
            answered += sip.finalResponse(options, Duration.ofSeconds(1)).isPresent() ? 1 : 0;
        }
        assertThat(answered).as("OPTIONS answered").isGreaterThan(900);
        // A repeated OPTIONS gets the same answer again, although no transaction is kept that could repeat it.
        String options = sip.options();
        sip.send(options);
        String first = sip.finalResponse(options, PATIENCE).orElseThrow();
        sip.send(options);
        assertThat(sip.finalResponse(options, PATIENCE).map(RawSip::status)).hasValue(RawSip.status(first));
        assertThat(suite.metrics("sip-edge").text()).contains(TRANSACTIONS);
        assertThat(suite.gauge("sip-edge", TRANSACTIONS)).as("transactions kept").isLessThan(100);
    }

    @Test
    void aPhoneThatListensOnlyIsNotHungUpForItsSilence() throws Exception {
        RawCall call = RawCall.dial(sip, invite());
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).hasValue(200);
        hears(call);
        String listening = offer().replace("a=sendrecv", "a=recvonly");
        assertThat(call.ask(call.request("INVITE", "", "application/sdp", listening), PATIENCE)).hasValueSatisfying(
                answer -> assertThat(answer).startsWith("SIP/2.0 200").contains("a=sendonly"));
        phone.hush();
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < end) {
            assertThat(call.wasHungUp()).as("hung up for a silence that was announced").isFalse();
            Await.pause(250);
        }
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
    }
}
