package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Webhook;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a call's own trunk and its own organisation may act on the call. */
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class OwnershipIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IN_VAIN = Duration.ofSeconds(2);
    private static final String CALLER = "+32470840001";
    private static final int TONE = 700;
    /** Counts webhook answers that named another organisation's room or agent. */
    private static final String NOT_ALLOWED = "trunkline_router_webhook_not_allowed_total";
    /** Counts requests for a call of another trunk. */
    private static final String FOREIGN = "trunkline_edge_foreign_requests_total{method=\"%s\"";

    private final SuiteUnderTest suite;
    private RawSip owner;
    private RawRtp phone;

    OwnershipIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void trunks() throws Exception {
        HostileTrunks.apply(suite);
        owner = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
        phone = RawRtp.open(HostileTrunks.ADDRESS, 0, TONE, new Random(9));
    }

    @AfterEach
    void close() {
        owner.close();
        phone.close();
    }

    private double foreign(String method) throws IOException, InterruptedException {
        return suite.metrics("sip-edge").sum(FOREIGN.formatted(method));
    }

    private RawCall up() throws IOException {
        RawCall call = RawCall.dial(owner, owner.invite(HostileTrunks.ECHO, CALLER, RawCall.offer(phone.address(), phone.port())));
        assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).as("the answer to the INVITE").hasValue(200);
        phone.say(call.media(), TONE);
        awaitEcho("before");
        return call;
    }

    private void awaitEcho(String when) {
        long heard = phone.heardMillis();
        Await.until("the echo " + when, PATIENCE, () -> phone.heardMillis() >= heard + 500);
    }

    /** Asserts that the answer, if any, shows that the sender was not taken for the call's own side. */
    private static void assertNotTaken(Optional<String> answer, String what) {
        assertThat(answer.map(RawSip::status).filter(status -> status < 300)).as(what + " was taken").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HostileTrunks.OTHER, HostileTrunks.STRANGER})
    void aByeThatKnowsAllOfADialogIsNotTakenFromAnotherTrunkOrAStranger(String address) throws Exception {
        double foreign = foreign("BYE");
        RawCall call = up();
        try (RawSip other = RawSip.open(address, suite.edge())) {
            String bye = call.request("BYE", "", "", "");
            other.send(bye);
            other.send(bye.replace(owner.own(), other.own()));
            assertNotTaken(other.finalResponse(bye, IN_VAIN), "a BYE from " + address);
            awaitEcho("after a BYE from " + address);
            assertThat(call.wasHungUp()).isFalse();
        }
        assertThat(call.hangUp(PATIENCE)).as("the owner's BYE").isEqualTo(200);
        suite.events().ofSipCallId(call.callId()).assertEnded(EndReason.CALLER_HUNG_UP);
        if (address.equals(HostileTrunks.OTHER)) {
            assertThat(foreign("BYE")).as("BYEs counted as another trunk's").isGreaterThan(foreign);
        }
    }

    @Test
    void theMediaOfACallGoesNowhereElseForAReInviteOrAnUpdateOfAnotherTrunk() throws Exception {
        double foreign = foreign("INVITE") + foreign("UPDATE");
        RawCall call = up();
        try (RawSip other = RawSip.open(HostileTrunks.OTHER, suite.edge());
                RawRtp thief = RawRtp.open(HostileTrunks.OTHER, 0, TONE, new Random(10))) {
            for (String method : List.of("INVITE", "UPDATE")) {
                String request = call.request(method, "", "application/sdp", RawCall.offer(thief.address(), thief.port()));
                String theirs = request.replace(owner.own(), other.own());
                other.send(theirs);
                assertNotTaken(other.finalResponse(theirs, IN_VAIN), "an " + method + " of another trunk");
            }
            for (int i = 0; i < 10; i++) {
                thief.send(call.media(), TONE);
            }
            awaitEcho("after another trunk's re-INVITE");
            assertThat(thief.received()).as("packets of the call that another trunk got").isZero();
        }
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
        assertThat(foreign("INVITE") + foreign("UPDATE")).as("requests counted as another trunk's").isGreaterThanOrEqualTo(foreign + 2);
    }

    @Test
    void aCancelOfAnotherTrunkEndsNoCall() throws Exception {
        RawCall call = RawCall.dial(owner, owner.invite(HostileTrunks.NOBODY, CALLER));
        CallLog log = suite.events().ofSipCallId(call.callId());
        try (RawSip other = RawSip.open(HostileTrunks.OTHER, suite.edge())) {
            String cancel = call.inviteText().replaceFirst("INVITE", "CANCEL").replace("1 INVITE", "1 CANCEL")
                    .replaceFirst("(?s)Content-Type:.*", "Content-Length: 0\r\n\r\n");
            other.send(cancel);
            other.send(cancel.replace(owner.own(), other.own()));
            assertThat(call.awaitFinal(PATIENCE).map(RawSip::status)).as("what ends the call").hasValue(480);
        }
        log.assertRejected(RefusalReason.NO_AGENT);
    }

    @Test
    void anAckOfAnotherTrunkConfirmsNothing() throws Exception {
        RawCall call = RawCall.dial(owner, owner.invite(HostileTrunks.ECHO, CALLER, RawCall.offer(phone.address(), phone.port())));
        assertThat(call.awaitFinalWithoutAck(PATIENCE).map(RawSip::status)).hasValue(200);
        try (RawSip other = RawSip.open(HostileTrunks.OTHER, suite.edge())) {
            other.send(call.ack(1));
            other.send(call.ack(1).replace(owner.own(), other.own()));
            Await.pause(200);
            drain(owner);
            assertThat(owner.receive(Duration.ofSeconds(9)).map(RawSip::status)).as("the 200 is still repeated").hasValue(200);
        }
        owner.send(call.ack(1));
        assertThat(call.hangUp(PATIENCE)).isEqualTo(200);
    }

    private static void drain(RawSip sip) throws IOException {
        while (sip.receive(Duration.ofMillis(1)).isPresent()) {
            // Discards what was already on its way.
        }
    }

    @Test
    void anEdgeThatStartedAgainKnowsWhoseCallItIs() throws Exception {
        RawCall call = up();
        suite.suite().process("sip-edge").kill();
        suite.suite().restart("sip-edge");
        suite.awaitTrunkAt(HostileTrunks.OTHER);
        try (RawSip other = RawSip.open(HostileTrunks.OTHER, suite.edge())) {
            String bye = call.request("BYE", "", "", "").replace(owner.own(), other.own());
            other.send(bye);
            assertNotTaken(other.finalResponse(bye, IN_VAIN), "a BYE of another trunk to an edge that started again");
            awaitEcho("after the BYE");
        }
        assertThat(call.hangUp(PATIENCE)).as("the owner's BYE").isEqualTo(200);
        suite.events().ofSipCallId(call.callId()).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"room\": \"ours-board\"}",
        "{\"room\": \"ours-board\", \"agents\": [{\"name\": \"demo\", \"metadata\": {\"scenario\": \"echo\"}}]}",
        "[{\"verb\": \"dial\", \"target\": [{\"type\": \"sip\", \"sipUri\": \"sip:ours-board@livekit.example\"}]}]"
    })
    void aWebhookOfAnotherOrganisationPutsNobodyInOurRoom(String answer) throws Exception {
        double notAllowed = suite.metrics("call-router").sum(NOT_ALLOWED);
        try (Webhook webhook = Webhook.answering(answer); Phone theirs = suite.phone(); Phone ours = suite.phone()) {
            suite.apply(tenants(webhook));
            Call ourCall = ours.dial(CallRequest.to("+3225551910").from(CALLER).saying(AudioSource.tone(TONE)));
            ourCall.awaitAnswer(PATIENCE);
            assertThat(suite.events().of(ourCall).await(CallRouted.class).room()).isEqualTo("ours-board");
            Call theirCall = theirs.dial(CallRequest.to("+3225551911").from("+32470840002").saying(AudioSource.tone(1_900)));
            assertThat(theirCall.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            suite.events().of(theirCall).assertRejected(RefusalReason.WEBHOOK_FAILED);
            assertThat(suite.metrics("call-router").sum(NOT_ALLOWED)).as(NOT_ALLOWED).isEqualTo(notAllowed + 1);
            long heard = ourCall.media().heardMillis(TONE);
            Await.until("our call's own echo", PATIENCE, () -> ourCall.media().heardMillis(TONE) > heard + 300);
            ourCall.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void aWebhookOfAnotherOrganisationGetsNoneOfOurAgents() throws Exception {
        String answer = "{\"room\": \"theirs-own\", \"agents\": [{\"name\": \"ours-alone\"}], \"answer_policy\": \"immediate\"}";
        try (Webhook webhook = Webhook.answering(answer); Phone theirs = suite.phone()) {
            suite.apply(tenants(webhook));
            Call call = theirs.dial(CallRequest.to("+3225551911").from("+32470840003"));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            suite.events().of(call).assertRejected(RefusalReason.WEBHOOK_FAILED);
            assertThat(suite.events().of(call).all(AgentDispatched.class)).isEmpty();
        }
    }

    private static String tenants(Webhook theirs) {
        return """
                organisations:
                  - name: ours
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551910", max_concurrent_calls: 10}
                      - {phone_number: "+3225551912", max_concurrent_calls: 10}
                  - name: theirs
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers: [{phone_number: "+3225551911", max_concurrent_calls: 10}]
                rules:
                  - {name: ours-board, organisation: ours, trunks: [demo], numbers: ["+3225551910"], type: direct, room_name: ours-board,
                     agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate}
                  - {name: ours-agent, organisation: ours, trunks: [demo], numbers: ["+3225551912"], type: individual, room_prefix: ours,
                     agents: [{name: ours-alone}], answer_policy: immediate}
                  - {name: theirs, organisation: theirs, trunks: [demo], numbers: ["+3225551911"], type: webhook, url: %s,
                     secret: a secret of theirs alone, answer_policy: immediate}
                """.formatted(theirs.url());
    }
}
