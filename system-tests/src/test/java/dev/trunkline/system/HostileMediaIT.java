package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Watch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of bad addresses, timestamps and other people's packets on the attacked call and on one beside it. */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
@Attacks("media-relay")
class HostileMediaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CALLER = "+32470830001";
    private static final int TONE = 700;
    private static final int FALSE_TONE = 1_700;
    /** Another host, which belongs to no trunk. */
    private static final String THIEF = "127.0.0.51";
    /** A private address (RFC 1918), as a phone behind NAT puts into its SDP. */
    private static final String PRIVATE = "10.11.12.13";

    private final SuiteUnderTest suite;
    private final Random random = new Random(8);
    private Watch watch;
    private RawSip sip;

    HostileMediaIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void aCallIsUp() throws Exception {
        HostileTrunks.apply(suite);
        watch = Watch.over(suite, "+32470830002");
        sip = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
    }

    @AfterEach
    void close() {
        sip.close();
        watch.close();
    }

    private RawRtp mouth(int hertz) throws IOException {
        return RawRtp.open(HostileTrunks.ADDRESS, 0, hertz, random);
    }

    private RawCall answered(String sdp) throws IOException {
        RawCall call = RawCall.dial(sip, sip.invite(HostileTrunks.ECHO, CALLER, sdp));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).as("the answer to the INVITE").hasValue(200);
        return call;
    }

    private static void awaitMore(RawRtp rtp, String what) {
        long heard = rtp.heardMillis();
        Await.until(what, PATIENCE, () -> rtp.heardMillis() >= heard + 500);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "IP6 2001:db8::10", "IP6 ::1", "IP4 0.0.0.1", "IP4 255.255.255.255", "IP4 224.0.0.1", "IP4 nobody.example"
    })
    void anAddressThatTheRelayCannotSendToHurtsNoOtherCall(String address) throws Exception {
        String sdp = RawCall.offer("127.0.0.41", 40_000).replace("IP4 127.0.0.41", address);
        RawCall call = RawCall.dial(sip, sip.invite(HostileTrunks.ECHO, CALLER, sdp));
        int status = call.awaitFinal(PATIENCE).map(RawSip::status).orElse(0);
        watch.assertUnharmed("an offer of media at " + address);
        if (status < 300) {
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        if (address.startsWith("IP6")) {
            assertThat(status).as("the answer to an offer of media at " + address).isEqualTo(488);
        } else {
            assertThat(status).as("the answer to an offer of media at " + address).isIn(200, 488);
        }
        watch.assertHangsUp();
    }

    @Test
    void aReInviteToAnAddressThatTheRelayCannotSendToIsRefusedAndTheCallGoesOn() throws Exception {
        try (RawRtp phone = mouth(TONE)) {
            RawCall call = answered(RawCall.offer(phone.address(), phone.port()));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo before the re-INVITE");
            String sdp = RawCall.offer("127.0.0.41", 40_000).replace("IP4 127.0.0.41", "IP6 2001:db8::10");
            assertThat(call.ask(call.request("INVITE", "", "application/sdp", sdp), PATIENCE).map(RawSip::status)).hasValue(488);
            awaitMore(phone, "the echo after the re-INVITE");
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        watch.assertUnharmed("a re-INVITE to an IPv6 address");
    }

    @ParameterizedTest
    @ValueSource(ints = {80_000, 1 << 30, -80_000, Integer.MIN_VALUE})
    void oneTimestampFarOffSilencesNobody(int samples) throws Exception {
        try (RawRtp phone = mouth(TONE)) {
            RawCall call = answered(RawCall.offer(phone.address(), phone.port()));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo before");
            phone.sendAhead(call.media(), samples);
            Await.pause(300);
            awaitMore(phone, "the echo after one packet whose timestamp is " + samples + " samples off");
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        watch.assertUnharmed("a packet from far away in time");
    }

    @ParameterizedTest
    @ValueSource(ints = {80_000, 1 << 30, -80_000, Integer.MIN_VALUE})
    void timestampsThatJumpAndStaySilenceNobody(int samples) throws Exception {
        try (RawRtp phone = mouth(TONE)) {
            RawCall call = answered(RawCall.offer(phone.address(), phone.port()));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo before");
            phone.jump(samples);
            Await.pause(300);
            awaitMore(phone, "the echo after timestamps jumped by " + samples + " samples");
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        watch.assertUnharmed("timestamps that jump");
    }

    @ParameterizedTest
    @ValueSource(strings = {PRIVATE, "127.0.0.41"})
    void whoeverSendsBeforeThePhoneDoesGetsNoCall(String writtenAddress) throws Exception {
        try (RawRtp phone = mouth(TONE); RawRtp thief = RawRtp.open(THIEF, 0, TONE, random)) {
            RawCall call = answered(RawCall.offer(writtenAddress, phone.port()));
            for (int i = 0; i < 12; i++) {
                thief.send(call.media(), FALSE_TONE);
                Await.pause(10);
            }
            phone.say(call.media(), TONE);
            awaitMore(phone, "the phone's own echo, although a thief was first, with " + writtenAddress + " in the SDP");
            assertThat(thief.received()).as("packets of the call that the thief got").isZero();
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        watch.assertUnharmed("a thief's RTP");
    }

    @Test
    void aPhoneBehindNatIsHeardAtTheAddressThatItsSignallingCameFromAtAnyPort() throws Exception {
        try (RawRtp phone = mouth(TONE)) {
            RawCall call = answered(RawCall.offer(PRIVATE, 40_000));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo at another port than the SDP's");
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
    }

    @Test
    void packetsOfAnotherHostAreNotHeardWhateverTheySay() throws Exception {
        double dropped = dropped();
        try (RawRtp phone = mouth(TONE); RawRtp listener = mouth(FALSE_TONE); RawRtp thief = RawRtp.open(THIEF, 0, TONE, random)) {
            RawCall call = answered(RawCall.offer(phone.address(), phone.port()));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo before");
            thief.impersonate(phone);
            for (int i = 0; i < 300; i++) {
                thief.send(call.media(), FALSE_TONE);
                if (i % 20 == 0) {
                    // A socket buffers some 150 unread packets; any beyond that are lost uncounted.
                    Await.pause(5);
                }
            }
            for (int port = call.media().getPort() - 6; port < call.media().getPort() + 6; port++) {
                thief.sendRaw(new InetSocketAddress("127.0.0.1", port), new byte[] {(byte) 0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 5});
            }
            awaitMore(phone, "the echo under a spray from another host");
            assertThat(thief.received()).as("packets of the call that the thief got").isZero();
            assertThat(listener.heardMillis()).isZero();
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        Await.until("300 packets more are counted as of a wrong source", PATIENCE, () -> dropped() >= dropped + 300);
        watch.assertUnharmed("a spray of RTP from another host");
    }

    @Test
    void reportsOfAnotherHostKeepNoCallUpWhosePhoneIsGone() throws Exception {
        try (RawRtp phone = mouth(TONE); RawRtp thief = RawRtp.open(THIEF, 0, TONE, random)) {
            RawCall call = answered(RawCall.offer(phone.address(), phone.port()));
            phone.say(call.media(), TONE);
            awaitMore(phone, "the echo before");
            phone.hush();
            InetSocketAddress rtcp = new InetSocketAddress(call.media().getAddress(), call.media().getPort() + 1);
            Await.until("BYE, for the phone says nothing any more", Duration.ofSeconds(20), () -> {
                thief.sendRaw(rtcp, emptyReport());
                thief.sendRaw(call.media(), emptyReport());
                return wasHungUp(call);
            });
            suite.events().ofSipCallId(call.callId()).assertEnded(EndReason.MEDIA_TIMEOUT);
        }
        watch.assertUnharmed("RTCP from another host");
    }

    @Test
    void theNextPortCannotBeGuessed() throws Exception {
        List<Integer> ports = new ArrayList<>();
        List<RawCall> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RawCall call = answered(RawCall.offer("127.0.0.41", 42_000 + 2 * i));
            calls.add(call);
            ports.add(call.media().getPort());
        }
        for (RawCall call : calls) {
            assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        }
        long guessed = 0;
        for (int i = 2; i < ports.size(); i++) {
            int next = ports.get(i);
            int last = ports.get(i - 1);
            int step = last - ports.get(i - 2);
            if (next == last + 2 || next == last + step || next == last + 4) {
                guessed++;
            }
        }
        assertThat(guessed).as("ports guessed right by who saw those before: %s", ports).isLessThanOrEqualTo(2);
    }

    private static boolean wasHungUp(RawCall call) {
        try {
            return call.wasHungUp();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns a receiver report without blocks (RFC 3550 section 6.4.2). */
    private static byte[] emptyReport() {
        return ByteBuffer.allocate(8).putInt(0x80c9_0001).putInt(0x1234_5678).array();
    }

    private double dropped() {
        return suite.shown("media-relay", "trunkline_relay_packets_dropped_total{reason=\"wrong-source\"");
    }
}
