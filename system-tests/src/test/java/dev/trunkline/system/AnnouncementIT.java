package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers hear an announcement before anybody is heard, from the upload by the shell to the phone. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnnouncementIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOTICE = 1_150;
    private static final int TONE = 500;
    private static final int NOTICE_MILLIS = 2_000;
    /** Long enough for a caller to hang up in the middle of it, however busy the machine is. */
    private static final int LONG_MILLIS = 25_000;
    private static final String NUMBER = "+3225551790";
    private static final String LONG_NUMBER = "+3225551791";

    private final SuiteUnderTest suite;

    AnnouncementIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    void rules() throws Exception {
        upload("it-notice", NOTICE_MILLIS);
        upload("it-long", LONG_MILLIS);
        suite.apply("""
                organisations:
                  - name: telling
                    config: {language: nl-BE}
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551790", max_concurrent_calls: 5}
                      - {phone_number: "+3225551791", max_concurrent_calls: 5, announcement: {name: it-long, language: fr}}
                rules:
                  - {name: telling, organisation: telling, trunks: [demo], type: individual, agents: [{name: demo, metadata: {scenario: echo}}],
                     announcement: it-notice, patience_seconds: 30}
                """);
    }

    private void upload(String name, int millis) throws Exception {
        Path file = suite.target().resolve(name + ".wav");
        Files.write(file, wav(millis));
        Script.Ended put = suite.script("sounds", "put", name, file.toAbsolutePath().toString(), "--language", "nl");
        assertThat(put.exitCode()).as(put.output()).isZero();
    }

    /** Mono, 16 kHz, PCM of 16 bits. */
    private static byte[] wav(int millis) {
        int rate = 16_000;
        int samples = rate / 1_000 * millis;
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (8_000 * Math.sin(2 * Math.PI * NOTICE * i / rate)));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Call dial(Phone phone, String number) {
        Call call = phone.dial(CallRequest.to(number).from("+32470870011").saying(AudioSource.tone(TONE)).listeningFor(NOTICE, TONE));
        call.awaitAnswer(PATIENCE);
        Await.until("the phone hears what it is told", PATIENCE, () -> call.media().heardMillis(NOTICE) >= 300);
        return call;
    }

    @Test
    void theCallerIsToldFirstAndTalksAfterIt() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, NUMBER);
            CallLog log = suite.events().of(call);
            assertThat(call.media().heardMillis(TONE)).as("of the agent's echo").isZero();

            CallAnnounced told = log.await(CallAnnounced.class);
            assertThat(told.complete()).as(told.detail()).isTrue();
            assertThat(told.name()).isEqualTo("it-notice");
            assertThat(told.language()).isEqualTo("nl");
            assertThat(told.playedMillis()).isEqualTo(NOTICE_MILLIS);
            Await.until("the phone hears its own tone from the agent", PATIENCE, () -> call.media().heardMillis(TONE) >= 500);
            assertThat(call.media().heardMillis(NOTICE)).isGreaterThanOrEqualTo(NOTICE_MILLIS / 2);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void whoHangsUpInTheMiddleWasNotToldAll() {
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, LONG_NUMBER);
            CallLog log = suite.events().of(call);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            CallAnnounced told = log.await(CallAnnounced.class);
            assertThat(told.complete()).isFalse();
            assertThat(told.detail()).isNotEmpty();
            assertThat(told.playedMillis()).isBetween(1L, LONG_MILLIS - 1L);
            assertThat(log.all(CallAnnounced.class)).hasSize(1);
        }
    }
}
