package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people at a desk and their supervisors do with a call: hold, transfer, listen in, whisper. */
@Tag("long")
class DeskHandlingIT extends AtTheDesk {
    private static final String TARGET = "+3225550198";
    /** Numbers of a desk whose fallback is the demo agent, and of one whose fallback is an agent that never comes. */
    private static final String WITH_AGENT = "+3225551704";
    private static final String WITH_NOBODY = "+3225551705";

    private static CalledPhone target;

    DeskHandlingIT(SuiteUnderTest suite) {
        super(suite);
    }

    @BeforeAll
    static void openPhone(SuiteUnderTest suite) throws Exception {
        target = CalledPhone.open(suite);
        suite.apply("""
                organisations:
                  - name: demo
                    numbers:
                      - {phone_number: "+3225551704", label: Desk and agent, max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}
                      - {phone_number: "+3225551705", label: Desk and nobody, max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}
                rules:
                  - {name: desk-agent, organisation: demo, trunks: [demo], numbers: ["+3225551704"], type: desk, room_prefix: desk-agent,
                     patience_seconds: 45, fallback: [{agent: demo, metadata: {scenario: echo}, patience_seconds: 20}]}
                  - {name: desk-nobody, organisation: demo, trunks: [demo], numbers: ["+3225551705"], type: desk, room_prefix: desk-nobody,
                     patience_seconds: 45, fallback: [{agent: not-there, patience_seconds: 2}]}
                """);
    }

    @AfterAll
    static void closePhone() {
        if (target != null) {
            target.close();
        }
    }

    @Test
    void aHeldCallerHearsTheWaitingSoundAndNeitherHearsTheOther() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            pages.have("press", "button", "Hold");
            pages.have("sees", "text", "On hold: the caller hears the waiting sound");
            Await.until("the phone hears nothing of the page", PATIENCE, () -> quiet(call));
            long[] before = {call.media().heardMillis(WAITING_LOW), call.media().heardMillis(WAITING_HIGH)};
            assertThat(level("Caller")).as("the phone's tone at the page").isLessThan(QUIET);
            assertThat(level("You")).as("the microphone goes on").isGreaterThan(QUIET);
            picture("desk-held");
            Await.until("the phone hears both notes", PATIENCE, () ->
                    call.media().heardMillis(WAITING_LOW) > before[0] + 500 && call.media().heardMillis(WAITING_HIGH) > before[1] + 500);

            pages.have("reload");
            pages.have("sees", "text", "On hold: the caller hears the waiting sound");
            assertThat(quiet(call)).as("the phone hears nothing of the page that came back").isTrue();
            CallLog log = suite.events().of(call);
            assertThat(log.await(CallHeld.class).by()).contains("desk-desk");
            assertThat(log.all(CallResumed.class)).isEmpty();
            pages.have("press", "button", "Take off hold");
            pages.have("talks");
            awaitTalk(call);
            assertThat(log.await(CallResumed.class).by()).contains("desk-desk");
            assertOver(call);
        }
    }

    @Test
    void theCallerIsHandedOverToAPhone() throws Exception {
        target.does(CalledPhone.answers(PHONE_TONE, TONE));
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            CallLog log = suite.events().of(call);
            pages.have("handOver", "to", TARGET);
            TakenCall taken = target.awaitCall();
            assertThat(taken.called()).contains("3225550198");
            pages.have("sees", "text", "The caller was handed over.");
            log.await(TransferSucceeded.class);
            Await.until("each hears the other", PATIENCE,
                    () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(PHONE_TONE) >= 500);
            assertThat(quiet(call)).as("the phone hears nothing of the page any more").isTrue();
            pages.have("sees", "text", "Nobody is waiting");
            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            log.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void whereTheTargetIsBusyCallerAndDeskStayTogetherAndTheDeskIsToldWhy() throws Exception {
        target.does(Answering.refusing(486, Duration.ZERO));
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            pages.have("handOver", "to", TARGET);
            target.awaitCall();
            assertThat(suite.events().of(call).await(TransferFailed.class).status()).hasValue(486);
            pages.have("sees", "text", "Not handed over to " + TARGET);
            pages.have("sees", "text", "Busy. The caller is still with you.");
            picture("desk-busy");
            awaitTalk(call);
            assertOver(call);
        }
    }

    @Test
    void thePersonSpeaksWithTheTargetFirstAndThenConnectsTheTwo() throws Exception {
        target.does(CalledPhone.answers(PHONE_TONE, TONE));
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            pages.have("handOver", "to", TARGET, "first", true);
            TakenCall taken = target.awaitCall();
            pages.have("sees", "text", "You speak with " + TARGET);
            Await.until("the target hears the page", PATIENCE, () -> taken.media().heardMillis(TONE) >= 500);
            assertThat(taken.media().heardMillis(PHONE_TONE)).as("of the caller at the target").isZero();
            assertThat(call.media().heardMillis(CalledPhone.TONE)).as("of the target at the caller").isZero();
            picture("desk-speaks-first");
            pages.have("press", "button", "Connect them");
            pages.have("sees", "text", "The caller was handed over.");
            Await.until("each hears the other", PATIENCE,
                    () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(PHONE_TONE) >= 500);
            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void theCallerGoesBackToTheAgentAndIsNeverAlone() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone, WITH_AGENT);
            CallLog log = suite.events().of(call);
            pages.have("press", "button", "Back to the agent");
            pages.have("sees", "text", "The agent has the caller.");
            picture("desk-given-back");
            Await.until("the phone hears the agent's echo", PATIENCE, () -> call.media().heardMillis(PHONE_TONE) >= 500);
            assertThat(log.await(AgentWanted.class).by()).isEqualTo("desk-desk");
            assertThat(log.all(AgentJoined.class)).extracting(AgentJoined::kind).containsExactly("standard", "agent");
            assertThat(log.all(AgentLeft.class)).as("nobody has left the caller alone").isEmpty();
            pages.have("sees", "text", "Nobody is waiting");
            assertOver(call);
        }
    }

    @Test
    void whereNoAgentComesTheCallerStaysWithThePersonWhoIsToldSo() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone, WITH_NOBODY);
            pages.have("press", "button", "Back to the agent");
            pages.have("sees", "text", "No agent came. The caller is still with you.");
            picture("desk-not-given-back");
            assertThat(suite.events().of(call).await(AgentMissed.class).agents()).containsExactly("not-there");
            awaitTalk(call);
            assertOver(call);
        }
    }

    @Test
    void aDeskWithoutAnAgentOffersNone() {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            assertThat(pages.have("shows", "text", "Back to the agent").asBoolean()).isFalse();
            assertOver(call);
        }
    }

    @Test
    void aTenantListensInUnseenAndWhispersToTheDeskAlone() {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            CallLog log = suite.events().of(call);
            pages.have("as", "user", "demo", "path", "/live");
            pages.have("press", "button", "Listen in to the call to " + NUMBER);
            pages.have("sees", "text", "You hear both. Nobody sees or hears you.");
            assertThat(level("Caller")).as("the phone's tone at the tenant's page").isGreaterThan(LOUD);
            assertThat(level("Whoever answers")).as("the desk's tone at the tenant's page").isGreaterThan(QUIET);
            picture("live-listening");
            pages.have("turnTo", "user", "desk");
            assertThat(pages.have("shows", "text", "whispers to you").asBoolean()).as("the desk sees whoever listens").isFalse();

            pages.have("press", "button", "Mute");
            Await.until("the phone hears nothing of the desk", PATIENCE, () -> quiet(call));
            pages.have("turnTo", "user", "demo");
            pages.have("press", "button", "Whisper");
            pages.have("sees", "text", "You whisper");
            picture("live-whispering");
            pages.have("turnTo", "user", "desk");
            pages.have("sees", "text", "demo whispers to you. The caller does not hear it.");
            assertThat(level("Whisper")).as("the tenant's tone at the desk").isGreaterThan(QUIET);
            picture("desk-whispered-to");
            assertThat(quiet(call)).as("the phone hears nothing of the whisper").isTrue();
            pages.have("press", "button", "Unmute");
            awaitTalk(call);
            assertThat(log.all(AgentJoined.class)).as("who answers").extracting(AgentJoined::agent).containsExactly("desk-desk");
            assertOver(call);
            pages.have("turnTo", "user", "demo");
            pages.have("sees", "text", "The call is over.");
        }
    }
}
