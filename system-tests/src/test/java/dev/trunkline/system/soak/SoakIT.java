package dev.trunkline.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.Machine;
import dev.trunkline.bench.Versions;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Calls are held with churn, hand-offs and bad input among them: each has an account from its INVITE to the history, nothing is left
 * and nothing grows. The short form is too short to tell what grows; {@code ./trunkline soak} holds 50 calls for an hour.
 */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
class SoakIT {
    private static final int MINUTES = Integer.getInteger("trunkline.soak.minutes", 2);
    private static final int CALLS = Integer.getInteger("trunkline.soak.calls", 10);
    private static final long SEED = Long.getLong("trunkline.soak.seed", 20_261_130);

    private final SuiteUnderTest suite;

    SoakIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void everyCallHasAnAccountNothingIsLeftAndNothingGrows() throws Exception {
        String machine = "%s, load average %.2f before the first call".formatted(Machine.hardware(), Machine.load());
        // The log of all events would grow with every call.
        suite.events().leaveOut("");
        suite.startConsole();
        SoakFinding finding;
        try {
            finding = new Soak(suite, CALLS, MINUTES, SEED, SoakIT::say).run();
        } finally {
            suite.stopConsole();
        }
        String page = SoakPage.of(finding, LocalDate.now(), machine, Versions.trunkline(suite.root()));
        String report = System.getProperty("trunkline.soak.report", "");
        if (!report.isEmpty()) {
            Files.writeString(Path.of(report), page);
            say("written: " + report);
        }
        finding.ledger().withoutAccount().forEach(line -> say("without an account: " + line));
        finding.ledger().lost().forEach(line -> say("lost: " + line));
        finding.ledger().refused().forEach(line -> say("refused: " + line));
        finding.ledger().mute().forEach(line -> say("heard nothing: " + line));
        finding.failures().forEach(line -> say("caller failed: " + line));
        say("%d calls placed, %d others, %d hand-offs succeeded; %s".formatted(
                finding.ledger().placed(), finding.ledger().others(), finding.transferred(),
                finding.broken().isEmpty() ? "all promises kept" : "BROKEN: " + finding.broken()));
        assertThat(finding.broken()).as("promises that were broken").isEmpty();
    }

    private static void say(String line) {
        System.out.println("soak: " + line);
    }
}
