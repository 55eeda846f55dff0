package dev.trunkline.relay.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConsultationTest {
    private static final CallId LEG = new CallId(new UUID(0, 1));
    private static final DtmfKey NINE = new DtmfKey(9);

    private final Consultation calling = consultation(Optional.of(NINE));
    private final Consultation consulting = consultation(Optional.of(NINE));

    ConsultationTest() {
        consulting.answered(LEG);
    }

    private static Consultation consultation(Optional<DtmfKey> decline) {
        return new Consultation(LEG, new Consultation.Terms(Duration.ofMinutes(2), decline));
    }

    private static void isRefused(ThrowingCallable step) {
        assertThat(catchThrowableOfType(TransferRefusal.class, step).code()).isEqualTo(409);
    }

    @Test
    void theAnswerIsHeardOnce() {
        assertThat(calling.answered(LEG)).isTrue();
        assertThat(calling.answered(LEG)).isFalse();
    }

    @Test
    void theAnswerOfAnotherCallIsNone() {
        assertThat(calling.answered(new CallId(new UUID(0, 2)))).isFalse();
        isRefused(calling::complete);
    }

    @Test
    void nobodyIsJoinedWithWhoHasNotAnswered() throws Exception {
        isRefused(calling::complete);
        calling.answered(LEG);
        calling.complete();
    }

    @Test
    void theTwoAreJoinedOnce() throws Exception {
        consulting.complete();
        isRefused(consulting::complete);
    }

    @Test
    void whoIsBeingJoinedIsNotTakenBack() throws Exception {
        consulting.complete();
        isRefused(consulting::cancel);
        assertThat(consulting.giveUp()).isFalse();
        assertThat(consulting.declines(NINE)).isFalse();
    }

    @Test
    void itIsTakenBackWhileItRingsAndAfterwards() throws Exception {
        calling.cancel();
        consulting.cancel();
        isRefused(calling::cancel);
        isRefused(consulting::complete);
    }

    @Test
    void anAnswerAfterTheEndIsNone() throws Exception {
        calling.cancel();
        assertThat(calling.answered(LEG)).isFalse();
        isRefused(calling::complete);
    }

    @Test
    void itIsGivenUpOnce() {
        assertThat(calling.giveUp()).isTrue();
        assertThat(calling.giveUp()).isFalse();
        assertThat(consulting.giveUp()).isTrue();
        assertThat(consulting.giveUp()).isFalse();
    }

    @Test
    void oneKeyDeclinesOnce() {
        assertThat(consulting.declines(new DtmfKey(1))).isFalse();
        assertThat(consulting.declines(NINE)).isTrue();
        assertThat(consulting.declines(NINE)).isFalse();
        isRefused(consulting::complete);
    }

    @Test
    void aKeyBeforeTheAnswerDeclinesNothing() {
        assertThat(calling.declines(NINE)).isFalse();
        assertThat(calling.answered(LEG)).isTrue();
    }

    @Test
    void withoutAKeyNoneDeclines() {
        Consultation without = consultation(Optional.empty());
        without.answered(LEG);
        for (int code = 0; code < 16; code++) {
            assertThat(without.declines(new DtmfKey(code))).isFalse();
        }
    }
}
