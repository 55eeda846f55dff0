package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
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

/** What people at a desk and their supervisors do with a call: hold, hand over, listen in, whisper. */
@Tag("long")
class DeskHandlingIT extends AtTheDesk {
    private static final String TARGET = "+3225550198";

    private static CalledPhone target;

    DeskHandlingIT(SuiteUnderTest suite) {
        super(suite);
    }

    @BeforeAll
    static void openPhone(SuiteUnderTest suite) throws Exception {
        target = CalledPhone.open(suite);
    }

    @AfterAll
    static void closePhone() {
        if (target != null) {
            target.close();
        }
    }

    @Test
    void aHeldCallerHearsTheWaitingSoundAndNeitherHearsTheOther() {
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
            pages.have("press", "button", "Take off hold");
            pages.have("talks");
            awaitTalk(call);
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
            pages.have("sees", "text", "Nobody waits");
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
