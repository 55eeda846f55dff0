package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.PostgresDump;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The backup procedure of docs/operating.md: the directory is lost and restored during a call. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@Attacks("call-router")
class BackupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225552150";
    private static final int TONE = 700;

    private final SuiteUnderTest suite;

    BackupIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aDirectoryThatWasLostComesBackOutOfItsDump() throws Exception {
        suite.apply(directory());
        PostgresDump postgres = PostgresDump.prepare(suite);
        try (Phone phone = suite.phone()) {
            Call stays = up(phone, "+32470960001");
            Path dump = postgres.dump();
            suite.suite().process("call-router").kill();
            postgres.lose();
            postgres.restore(dump);
            suite.suite().restart("call-router");
            Call next = up(phone, "+32470960002");
            assertThat(next.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(next).assertEnded(EndReason.CALLER_HUNG_UP);
            Call unknown = phone.dial(CallRequest.to(Numbers.UNKNOWN).from("+32470960003"));
            assertThat(unknown.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            suite.events().of(unknown).assertRejected(RefusalReason.NUMBER_UNKNOWN);
            assertThat(suite.asTenantOf("backup").json("GET", "/numbers", "").toString()).as("what its organisation sees").contains(NUMBER);
            // Writing works as before.
            suite.apply(directory());
            awaitMoreEcho(stays);
            assertThat(stays.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(stays).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    private static Call up(Phone phone, String caller) {
        Call call = phone.dial(CallRequest.to(NUMBER).from(caller).saying(AudioSource.tone(TONE)));
        call.awaitAnswer(PATIENCE);
        awaitMoreEcho(call);
        return call;
    }

    private static void awaitMoreEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("half a second more of the echo", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }

    private static String directory() {
        return """
                organisations:
                  - name: backup
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers: [{phone_number: "%1$s", max_concurrent_calls: 10}]
                rules:
                  - {name: backup, organisation: backup, trunks: [demo], numbers: ["%1$s"], type: individual, room_prefix: backup,
                     agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate, patience_seconds: 20}
                """.formatted(NUMBER);
    }
}
