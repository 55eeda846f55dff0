package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Phones that stop without a BYE. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class LostPhoneIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SuiteUnderTest suite;

    LostPhoneIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aPhoneThatDropsOffTheNetworkEndsItsCallAndFreesItsSlot() {
        try (Phone phone = suite.phone()) {
            Call lost = phone.dial(CallRequest.to(Numbers.ONE_AT_A_TIME).from("+32470400001").saying(AudioSource.tone(500)));
            lost.awaitAnswer(PATIENCE);
            Await.until("the tone is heard", PATIENCE, () -> lost.media().heardMillis(500) > 200);
            lost.vanish();

            CallEnded ended = suite.events().of(lost).assertEnded(EndReason.MEDIA_TIMEOUT, PATIENCE);
            assertThat(ended.answered()).isTrue();

            Call next = phone.dial(CallRequest.to(Numbers.ONE_AT_A_TIME).from("+32470400002"));
            next.awaitAnswer(PATIENCE);
            next.hangUp().toCompletableFuture().join();
            suite.events().of(next).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void aPhoneThatOnlyFallsSilentIsToldByByeWhy() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470400003").saying(AudioSource.tone(500)));
            call.awaitAnswer(PATIENCE);
            Await.until("the tone is heard", PATIENCE, () -> call.media().heardMillis(500) > 200);
            call.transmit(false);

            CallEnd end = call.awaitEnd(PATIENCE).orElseThrow();
            assertThat(end.by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(end.reason()).hasValue("SIP;cause=408;text=\"media-timeout\"");
            suite.events().of(call).assertEnded(EndReason.MEDIA_TIMEOUT);
        }
    }
}
