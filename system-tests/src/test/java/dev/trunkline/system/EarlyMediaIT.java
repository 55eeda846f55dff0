package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller hears the suite's own ringing tone before the answer, where the number's configuration says so. */
@ExtendWith(SuiteExtension.class)
class EarlyMediaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RINGBACK = 425;
    private static final int TONE = 700;

    private final SuiteUnderTest suite;

    EarlyMediaIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aCallerHearsTheRingingToneOfTheSuiteUntilTheTargetAnswers() throws Exception {
        try (CalledPhone target = CalledPhone.open(suite); Phone phone = suite.phone()) {
            target.does(Answering.after(Duration.ofSeconds(3)).saying(AudioSource.tone(CalledPhone.TONE)).listeningFor(TONE));
            suite.asAdmin().json("POST", "/numbers", "{\"phone_number\": \"+3225550671\", \"organisation\": \"demo\","
                    + " \"max_concurrent_calls\": 5, \"config_override\": {\"early_media\": \"ringback\"}}");
            suite.apply("""
                    rules:
                      - {name: it-early, trunks: [demo], numbers: ["+3225550671"], type: forward,
                         forward_to: {to: "+3225550691", trunk: it-phone}}
                    """);
            Call call = phone.dial(CallRequest.to("+3225550671").from("+32470100671").saying(AudioSource.tone(TONE))
                    .listeningFor(RINGBACK, CalledPhone.TONE));
            TakenCall taken = target.awaitCall();
            Await.until("the caller hears the tone before the answer", PATIENCE, () -> call.media().heardMillis(RINGBACK) >= 300);
            assertThat(call.isUp()).isFalse();
            call.awaitAnswer(PATIENCE);
            assertThat(call.provisionals()).anySatisfy(said -> {
                assertThat(said.status()).isEqualTo(183);
                assertThat(said.sdp()).isTrue();
            });
            Await.until("each hears the other", PATIENCE,
                    () -> call.media().heardMillis(CalledPhone.TONE) >= 500 && taken.media().heardMillis(TONE) >= 500);
            CallLog log = suite.events().of(call);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }
}
