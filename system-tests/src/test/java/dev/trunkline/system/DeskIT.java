package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.BrowserNetwork;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People who answer phones in the browser: who gets a call, and how they come back to it. */
class DeskIT extends AtTheDesk {
    private static final String LOST = "The connection is lost";

    DeskIT(SuiteUnderTest suite) {
        super(suite);
    }

    @Test
    void aPersonTakesACallAndBothHearEachOther() {
        pages.have("as", "user", "desk", "path", "/desk");
        try (Phone phone = suite.phone()) {
            Call call = dial(phone);
            pages.have("sees", "text", NUMBER);
            assertThat(call.isUp()).as("nobody has answered").isFalse();
            pages.have("takeCall", "number", NUMBER);
            call.awaitAnswer(PATIENCE);
            pages.have("talks");
            assertThat(suite.events().of(call).await(AgentJoined.class).agent()).isEqualTo("desk-desk");
            awaitTone(call);
            assertThat(level("Caller")).as("the phone's tone at the page").isGreaterThan(LOUD);
            assertThat(level("You")).as("the microphone at the page").isGreaterThan(QUIET);
            call.say(AudioSource.silence());
            Await.until("the page hears that the phone is silent", PATIENCE, () -> level("Caller") < QUIET);

            pages.have("press", "button", "Key 5");
            Await.until("the phone has the key", PATIENCE, () -> call.media().digits().stream().map(ReceivedDigit::digit).toList().equals(List.of('5')));

            pages.have("press", "button", "Mute");
            Await.until("the phone hears nothing", PATIENCE, () -> quiet(call));
            pages.have("press", "button", "Unmute");
            awaitTone(call);

            pages.have("note", "text", "Wants two rye breads.");
            pages.have("hangUpAtDesk");
            assertThat(call.awaitEnd(PATIENCE)).isPresent();
            suite.events().of(call).assertEnded(EndReason.REQUESTED);
            pages.have("sees", "text", "You have hung up.");
            pages.have("press", "link", "Call details");
            pages.have("sees", "text", "Wants two rye breads.");
        }
    }

    @Test
    void ofTwoWhoPressTakeOneGetsItAndTheOtherIsTold() {
        for (String user : new String[] {"demo", "desk"}) {
            pages.have("as", "user", user, "path", "/desk");
        }
        try (Phone phone = suite.phone()) {
            Call call = dial(phone);
            var outcomes = StreamSupport.stream(pages.have("bothTake", "users", List.of("demo", "desk"), "number", NUMBER).spliterator(), false)
                    .map(outcome -> outcome.asText()).toList();
            assertThat(outcomes).containsOnlyOnce("talks").anyMatch(outcome -> outcome.equals("demo has this call.") || outcome.equals("desk has this call."));
            call.awaitAnswer(PATIENCE);
            awaitTone(call);
            assertThat(suite.events().of(call).all(AgentJoined.class)).hasSize(1);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            pages.have("turnTo", "user", outcomes.getFirst().equals("talks") ? "demo" : "desk");
            pages.have("sees", "text", "The call is over.");
        }
    }

    @Test
    void aPageThatIsReloadedComesBackToItsCall() {
        pages.have("as", "user", "desk", "path", "/desk");
        try (Phone phone = suite.phone()) {
            Call call = dial(phone);
            pages.have("takeCall", "number", NUMBER);
            call.awaitAnswer(PATIENCE);
            awaitTone(call);
            CallLog log = suite.events().of(call);
            pages.have("reload");
            Await.until("the person is back", PATIENCE, () -> log.all(AgentJoined.class).size() == 2);
            pages.have("talks");
            awaitTone(call);
            assertThat(level("Caller")).as("the phone's tone at the page").isGreaterThan(LOUD);
            assertThat(call.isUp()).isTrue();
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            pages.have("sees", "text", "The call is over.");
        }
    }

    @Test
    void aLostNetworkComesBackWithinTheCall() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            CallLog log = suite.events().of(call);
            picture("desk-talk");
            try (BrowserNetwork lost = pages.loseNetwork()) {
                long since = System.nanoTime();
                pages.have("sees", "text", LOST);
                assertThat(quiet(call)).as("the phone hears nothing of the page").isTrue();
                assertThat(level("Caller")).as("the phone's tone at the page").isLessThan(QUIET);
                LockSupport.parkNanos(Duration.ofSeconds(8).toNanos() - (System.nanoTime() - since));
            }
            pages.have("talks");
            awaitTalk(call);
            assertThat(log.all(AgentJoined.class)).as("the person never left the room").hasSize(1);
            assertThat(log.all(AgentLeft.class)).isEmpty();
            assertOver(call);
        }
    }

    @Tag("long")
    @Test
    void aNetworkThatIsLostForSoLongThatLiveKitGivesThePersonUpComesBackWithinTheCall() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = talking(phone);
            CallLog log = suite.events().of(call);
            try (BrowserNetwork lost = pages.loseNetwork()) {
                pages.have("sees", "text", LOST);
                log.await(AgentLeft.class);
                picture("desk-lost");
                long before = call.media().heardMillis(WAITING_LOW);
                Await.until("the caller hears the waiting sound", PATIENCE, () -> call.media().heardMillis(WAITING_LOW) > before + 500);
            }
            Await.until("the person is back", Duration.ofSeconds(60), () -> log.all(AgentJoined.class).size() == 2);
            pages.have("talks");
            awaitTalk(call);
            assertOver(call);
        }
    }
}
