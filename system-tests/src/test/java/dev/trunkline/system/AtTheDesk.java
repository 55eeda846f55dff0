package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.ConsolePages;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who answer phones in a real browser, whose microphone is a file with a tone. */
@ExtendWith(SuiteExtension.class)
abstract class AtTheDesk {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String NUMBER = "+3225551703";
    private static final String CALLER = "+32470817003";
    /** The frequency in the file that is Chromium's microphone. */
    static final int TONE = 600;
    static final int PHONE_TONE = 1_000;
    /** Level out of 100: a tone at a quarter of full scale is -15 dB, which is 75; below this level there is noise, or nothing. */
    static final int LOUD = 50;
    static final int QUIET = 25;
    /** The two notes of the waiting sound. */
    static final int WAITING_LOW = 523;
    static final int WAITING_HIGH = 659;

    static ConsolePages pages;

    final SuiteUnderTest suite;

    AtTheDesk(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void openPages(SuiteUnderTest suite) throws Exception {
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
    static void closePages(SuiteUnderTest suite) throws Exception {
        if (pages != null) {
            pages.close();
        }
        suite.stopConsole();
    }

    static Call dial(Phone phone) {
        return dial(phone, NUMBER);
    }

    private static Call dial(Phone phone, String number) {
        return phone.dial(CallRequest.to(number).from(CALLER).saying(AudioSource.tone(PHONE_TONE))
                .listeningFor(TONE, WAITING_LOW, WAITING_HIGH, CalledPhone.TONE, PHONE_TONE));
    }

    /** Returns a call with a person at the desk, who hears the phone and is heard. */
    Call talking(Phone phone) {
        return talking(phone, NUMBER);
    }

    /** Returns the same for another number. */
    Call talking(Phone phone, String number) {
        pages.have("as", "user", "desk", "path", "/desk");
        Call call = dial(phone, number);
        pages.have("takeCall", "number", number);
        call.awaitAnswer(PATIENCE);
        pages.have("talks");
        awaitTalk(call);
        return call;
    }

    static void awaitTalk(Call call) {
        awaitTone(call);
        assertThat(level("Caller")).as("the phone's tone at the page").isGreaterThan(LOUD);
    }

    void assertOver(Call call) {
        assertThat(call.isUp()).isTrue();
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    /** Takes screenshots, light and dark, wide and narrow, in target/console/screenshots. */
    static void picture(String name) {
        assertThat(pages.have("pictures", "name", name)).as("what is wrong with the page").isEmpty();
    }

    static void awaitTone(Call call) {
        long before = call.media().heardMillis(TONE);
        Await.until("the phone hears the browser's microphone", PATIENCE, () -> call.media().heardMillis(TONE) >= before + 1_000);
    }

    static boolean quiet(Call call) {
        long before = call.media().heardMillis(TONE);
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        return call.media().heardMillis(TONE) == before;
    }

    static int level(String meter) {
        return pages.have("level", "meter", meter).asInt();
    }
}
