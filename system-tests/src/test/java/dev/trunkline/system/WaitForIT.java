package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a participant, using LiveKit's Python SDK, must do for the caller to be answered. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitForIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than any setup takes: a call that will be answered at all has been answered by then. */
    private static final long LONG_ENOUGH_MILLIS = 3_000;
    private static final int TONE = 1_400;
    private static final String PUBLISHED = "+3225551740";
    private static final String LISTENING = "+3225551741";
    private static final String PUBLISHED_ROOM = "wait-for-published";
    private static final String LISTENING_ROOM = "wait-for-listening";

    private final SuiteUnderTest suite;

    WaitForIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    void rules() throws Exception {
        suite.apply("""
                organisations:
                  - name: waiting
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551740", max_concurrent_calls: 5}
                      - {phone_number: "+3225551741", max_concurrent_calls: 5}
                rules:
                  - {name: wait-published, organisation: waiting, trunks: [demo], numbers: ["+3225551740"], type: desk,
                     room_name: wait-for-published, patience_seconds: 60}
                  - {name: wait-listening, organisation: waiting, trunks: [demo], numbers: ["+3225551741"], type: desk,
                     room_name: wait-for-listening, patience_seconds: 60, wait_for: listening}
                """);
    }

    @Test
    void whoPublishesAndSubscribesToNobodyAnswersTheCall() throws Exception {
        try (Phone phone = suite.phone(); Ear deaf = suite.deafEar(PUBLISHED_ROOM, TONE)) {
            Call call = dial(phone, PUBLISHED);
            deaf.awaitCaller();
            call.awaitAnswer(PATIENCE);
            awaitTone(call);
            hangUp(call, suite.events().of(call));
        }
    }

    @Test
    void whereListeningIsWaitedForOnlyWhoSubscribesAnswersTheCall() throws Exception {
        try (Phone phone = suite.phone(); Ear deaf = suite.deafEar(LISTENING_ROOM, TONE)) {
            Call call = dial(phone, LISTENING);
            CallLog log = suite.events().of(call);
            log.await(MediaReady.class, PATIENCE);
            deaf.awaitCaller();
            Await.pause(LONG_ENOUGH_MILLIS);
            assertThat(call.isUp()).isFalse();
            assertThat(log.all(AgentJoined.class)).isEmpty();

            deaf.listen();
            call.awaitAnswer(PATIENCE);
            awaitTone(call);
            hangUp(call, log);
        }
    }

    private static Call dial(Phone phone, String number) {
        return phone.dial(CallRequest.to(number).from("+32470870001").saying(AudioSource.tone(500)).listeningFor(TONE));
    }

    private static void awaitTone(Call call) {
        Await.until("the phone hears " + TONE + " Hz", PATIENCE, () -> call.media().heardMillis(TONE) >= 1_000);
    }

    private static void hangUp(Call call, CallLog log) {
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        log.assertEnded(EndReason.CALLER_HUNG_UP);
    }
}
