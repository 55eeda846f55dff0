package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.Kamailio;
import dev.trunkline.system.support.Kamailio.Side;
import dev.trunkline.system.support.PeerPhone;
import dev.trunkline.system.support.PeerPhone.Program;
import dev.trunkline.system.support.PeerPhone.Way;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kamailio as a carrier's proxy between the suite and PJSIP, or linphonec for Opus. The suite is registered there, the proxy requires
 * digest authentication, and every request within a dialog must follow its Record-Route.
 */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class KamailioIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551780";
    private static final String PHONE_NUMBER = "+3225550188";
    private static final String ROOM = "kamailio-room";
    private static final String TRUNK = "it-kamailio";
    /** A TLS trunk to the same carrier. */
    private static final String TLS_TRUNK = "it-kamailio-tls";
    private static final InetSocketAddress PHONE = new InetSocketAddress(PeerPhone.ADDRESS, Program.PJSIP.port());
    private static final InetSocketAddress SECOND_PHONE = new InetSocketAddress(PeerPhone.ADDRESS, Program.LINPHONE.port());
    /** A trunk to the same carrier with one codec. */
    private static final String CODEC_TRUNK = "it-kamailio-codec";
    private static final int EAR_TONE = 1_200;
    /** Number of windows of 100 ms each. */
    private static final int WINDOWS = 7;

    /** Its counts may be higher than what was sent, because some UDP requests come twice. */
    private static Kamailio carrier;

    private final SuiteUnderTest suite;

    KamailioIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void carrier(SuiteUnderTest suite) throws Exception {
        carrier = suite.kamailio(PHONE, SECOND_PHONE);
        suite.apply("""
                organisations:
                  - name: carried
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 5}
                trunks:
                  - {name: %2$s-in, numbers: ["%1$s"], country: BE}
                outbound_trunks:
                  - name: %2$s
                    organisation: carried
                    gateways: [{host: %3$s, port: %4$d, transport: udp}]
                    account: {username: %5$s, password: "%6$s"}
                    register: true
                    contact_user: "%1$s"
                    inbound_trunk: %2$s-in
                    caller_id: {number: "%1$s"}
                    dialling: {country: BE, form: as-dialled}
                  - name: %8$s
                    organisation: carried
                    gateways: [{host: %3$s, port: %9$d, transport: tls}]
                    account: {username: %5$s, password: "%6$s"}
                    caller_id: {number: "%1$s"}
                    dialling: {country: BE, form: as-dialled}
                rules:
                  - {name: carried, organisation: carried, trunks: [%2$s-in], numbers: ["%1$s"], type: direct, room_name: %7$s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                """.formatted(NUMBER, TRUNK, Kamailio.ADDRESS.getHostString(), Kamailio.ADDRESS.getPort(), Kamailio.USER,
                Kamailio.PASSWORD, ROOM, TLS_TRUNK, Kamailio.TLS.getPort()));
        CalledPhone.awaitUp(suite, TRUNK);
        Await.until("the suite is registered at Kamailio", PATIENCE, () -> isRegistered(suite));
    }

    private static boolean isRegistered(SuiteUnderTest suite) {
        try {
            return suite.asAdmin().json("GET", "/gateways?trunk=" + TRUNK, "").toString().contains("\"registered\":true");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @AfterAll
    static void end() {
        carrier.close();
    }

    @AfterEach
    void everythingCameAlongTheRouteAndNothingIsLeft() {
        assertThat(carrier.astray()).isEmpty();
        Await.until("no slot is held", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {TRUNK, TLS_TRUNK})
    void aCallOutGoesThroughItWithDigestAndThePhonesReInviteAndOurByeAlongTheRoute(String trunk) throws Exception {
        long challenged = carrier.count("challenged", "INVITE", Side.CUSTOMER);
        long reInvites = carrier.count("within", "INVITE", Side.PHONE);
        long byes = carrier.count("within", "BYE", Side.CUSTOMER);
        try (PeerPhone phone = suite.pjsip(PHONE_NUMBER, "PCMA", Way.UDP)) {
            CallLog log = callOut(trunk);
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                phone.awaitUp();
                log.await(CallAnswered.class);
                assertThat(carrier.count("challenged", "INVITE", Side.CUSTOMER)).isGreaterThanOrEqualTo(challenged + 1);
                talkHoldAndTalk(phone, there, log);
                assertThat(carrier.count("within", "INVITE", Side.PHONE)).as("hold and resume").isGreaterThanOrEqualTo(reInvites + 2);

                there.closeRoom();
                log.assertEnded(EndReason.ROOM_CLOSED);
                phone.awaitOver();
                carrier.awaitWithin("BYE", Side.CUSTOMER, byes + 1);
            }
        }
    }

    /** @param codec as written in a directory file */
    @ParameterizedTest
    @CsvSource({"PJSIP, G722, g722, UDP", "PJSIP, G722, g722, SRTP", "LINPHONE, opus/48000, opus, UDP", "LINPHONE, opus/48000, opus, SRTP"})
    void aCallOutInThisCodecGoesThroughItAndBothHearBeforeAndAfterTheHold(Program program, String calling, String codec, Way way) throws Exception {
        suite.apply("""
                outbound_trunks:
                  - name: %s
                    organisation: carried
                    gateways: [{host: %s, port: %d, transport: udp}]
                    account: {username: %s, password: "%s"}
                    caller_id: {number: "%s"}
                    dialling: {country: BE, form: as-dialled}
                    codecs: [%s]
                    srtp: "%s"
                """.formatted(CODEC_TRUNK, Kamailio.ADDRESS.getHostString(), Kamailio.ADDRESS.getPort(), Kamailio.USER, Kamailio.PASSWORD,
                NUMBER, codec, way.srtp()));
        String number = program == Program.LINPHONE ? Kamailio.SECOND_NUMBER : PHONE_NUMBER;
        long reInvites = carrier.count("within", "INVITE", Side.PHONE);
        try (PeerPhone phone = suite.peer(program, number, calling, way)) {
            CallLog log = callOut(CODEC_TRUNK, number);
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                log.await(CallAnswered.class);
                talkHoldAndTalk(phone, there, log);
                assertThat(carrier.count("within", "INVITE", Side.PHONE)).as("hold and resume").isGreaterThanOrEqualTo(reInvites + 2);
                there.closeRoom();
                log.assertEnded(EndReason.ROOM_CLOSED);
                phone.awaitOver();
            }
        }
    }

    /** The replacement of the killed relay makes an offer, which the edge sends to the phone in a re-INVITE. */
    @ParameterizedTest
    @ValueSource(strings = {TRUNK, TLS_TRUNK})
    void ourReInviteGoesAlongTheRouteToThePhoneAndTheTwoHearEachOtherAfterIt(String trunk) throws Exception {
        long reInvites = carrier.count("within", "INVITE", Side.CUSTOMER);
        try (PeerPhone phone = suite.pjsip(PHONE_NUMBER, "PCMA", Way.UDP)) {
            CallLog log = callOut(trunk);
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                log.await(CallAnswered.class);
                bothHear(phone, there);
                suite.suite().process("media-relay").kill();
                suite.suite().restart("media-relay");
                carrier.awaitWithin("INVITE", Side.CUSTOMER, reInvites + 1);
                bothHear(phone, there);
                phone.hangUp();
                log.assertEnded(EndReason.CALLEE_HUNG_UP);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PJSIP, PCMU, UDP", "PJSIP, G722, UDP", "PJSIP, G722, SRTP", "LINPHONE, opus/48000, UDP", "LINPHONE, opus/48000, SRTP"})
    void aCallComesInThroughItToWhereWeAreRegisteredAndItsReInviteAndByeToo(Program program, String codec, Way way) throws Exception {
        long byes = carrier.count("within", "BYE", Side.PHONE);
        long reInvites = carrier.count("within", "INVITE", Side.PHONE);
        try (Ear ear = suite.ear(ROOM, EAR_TONE); PeerPhone phone = suite.peer(program, "+32470890101", codec, way)) {
            CallLog log = callIn(phone);
            talkHoldAndTalk(phone, ear, log);
            assertThat(carrier.count("within", "INVITE", Side.PHONE)).as("hold and resume").isGreaterThanOrEqualTo(reInvites + 2);
            phone.hangUp();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            carrier.awaitWithin("BYE", Side.PHONE, byes + 1);
        }
    }

    @Test
    void ourReferGoesThroughItAndThePhoneFollowsThroughItAgain() throws Exception {
        try (Ear ear = suite.ear(ROOM, EAR_TONE); PeerPhone phone = suite.pjsip("+32470890102", "PCMA", Way.UDP)) {
            CallLog log = callIn(phone);
            ear.awaitMore(PeerPhone.TONE, WINDOWS);
            long refers = carrier.count("within", "REFER", Side.CUSTOMER);
            long began = carrier.count("began", "INVITE", Side.PHONE);
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer", "{\"to\": \"600\", \"way\": \"refer\"}");
            phone.awaitTransferRequest();
            log.assertEnded(EndReason.TRANSFERRED);
            assertThat(carrier.count("within", "REFER", Side.CUSTOMER)).isGreaterThanOrEqualTo(refers + 1);
            assertThat(carrier.count("began", "INVITE", Side.PHONE)).as("the phone's call to 600").isGreaterThanOrEqualTo(began + 1);
            phone.hangUp();
        }
    }

    @Test
    void thePhonesReferGoesThroughItAndTheExtensionIsCalledThroughIt() throws Exception {
        try (Ear ear = suite.ear(ROOM, EAR_TONE); PeerPhone phone = suite.pjsip("+32470890103", "PCMA", Way.UDP)) {
            CallLog log = callIn(phone);
            ear.awaitMore(PeerPhone.TONE, WINDOWS);
            long began = carrier.count("began", "INVITE", Side.CUSTOMER);
            phone.transfer("sip:202@%s:%d".formatted(Kamailio.ADDRESS.getHostString(), Kamailio.ADDRESS.getPort()));
            phone.awaitTransferred(200);
            log.await(TransferSucceeded.class);
            log.assertEnded(EndReason.TRANSFERRED);
            assertThat(carrier.count("within", "REFER", Side.PHONE)).isPositive();
            assertThat(carrier.count("within", "NOTIFY", Side.CUSTOMER)).isPositive();
            assertThat(carrier.count("began", "INVITE", Side.CUSTOMER)).isGreaterThanOrEqualTo(began + 1);
            bothHear(phone, ear);
            phone.hangUp();
        }
    }

    private CallLog callOut(String trunk) throws Exception {
        return callOut(trunk, PHONE_NUMBER);
    }

    private CallLog callOut(String trunk, String number) throws Exception {
        CalledPhone.awaitUp(suite, trunk);
        return suite.events().ofCall(suite.asAdmin()
                .json("POST", "/calls", "{\"organisation\": \"carried\", \"to\": \"%s\", \"trunk\": \"%s\"}".formatted(number, trunk))
                .path("call_id").asText());
    }

    private CallLog callIn(PeerPhone phone) {
        int before = suite.events().to(NUMBER).size();
        phone.dial(Kamailio.USER, Kamailio.ADDRESS);
        CallLog log = suite.events().nextTo(NUMBER, before);
        phone.awaitUp();
        return log;
    }

    private static void bothHear(PeerPhone phone, Ear there) {
        there.awaitMore(PeerPhone.TONE, WINDOWS);
        phone.awaitMore(EAR_TONE, WINDOWS);
    }

    private static void talkHoldAndTalk(PeerPhone phone, Ear there, CallLog log) {
        bothHear(phone, there);
        phone.hold();
        log.await(CallHeld.class);
        phone.resume();
        log.await(CallResumed.class);
        bothHear(phone, there);
    }
}
