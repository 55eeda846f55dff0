package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.ConsolePages;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who answer phones in a real browser, whose microphone is a file with a tone. */
@ExtendWith(SuiteExtension.class)
class DeskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551703";
    private static final String CALLER = "+32470817003";
    /** Of the file that is Chromium's microphone. */
    private static final int TONE = 600;
    private static final int PHONE_TONE = 1_000;
    /** Of 100: a tone at a quarter of full scale is -15 dB, which is 75; what is below is noise, or nothing. */
    private static final int LOUD = 50;
    private static final int QUIET = 25;

    private static ConsolePages pages;

    private final SuiteUnderTest suite;

    DeskIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        suite.apply("""
                organisations:
                  - name: demo
                    numbers:
                      - {phone_number: "+3225551703", label: Desk, max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}
                rules:
                  - {name: desk-browser, organisation: demo, trunks: [demo], numbers: ["+3225551703"], type: desk, room_prefix: desk, patience_seconds: 45}
                """);
        pages = suite.consolePages();
        for (String user : new String[] {"demo", "desk"}) {
            pages.have("signIn", "user", user, "password", suite.suite().consoleAccounts().get(user), "path", "/desk");
        }
    }

    @AfterAll
    static void close(SuiteUnderTest suite) throws Exception {
        if (pages != null) {
            pages.close();
        }
        suite.stopConsole();
    }

    private static Call dial(Phone phone) {
        return phone.dial(CallRequest.to(NUMBER).from(CALLER).saying(AudioSource.tone(PHONE_TONE)).listeningFor(TONE));
    }

    private static void awaitTone(Call call) {
        long before = call.media().heardMillis(TONE);
        Await.until("the phone hears the browser's microphone", PATIENCE, () -> call.media().heardMillis(TONE) >= before + 1_000);
    }

    private static boolean quiet(Call call) {
        long before = call.media().heardMillis(TONE);
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        return call.media().heardMillis(TONE) == before;
    }

    private static int level(String meter) {
        return pages.have("level", "meter", meter).asInt();
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
            pages.have("press", "link", "Its page");
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
}
