package dev.trunkline.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.Machine;
import dev.trunkline.local.Progress;
import dev.trunkline.local.Supervisor;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Parts break under load: no call is lost that need not be, each has exactly one last event, and all resources are released. The short
 * form has one cheap fault; {@code ./trunkline faults --report FILE} causes all, with more calls, and writes the results.
 */
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay", "rate-limiter", "agent-dispatcher"})
class FaultsIT {
    private static final String SHORT = "rate-limiter-killed";
    private static final String ALL = "all";
    private static final int HELD = Integer.getInteger("trunkline.faults.held", 4);
    private static final int CHURNING = Integer.getInteger("trunkline.faults.churning", 2);

    private final SuiteUnderTest suite;
    private final List<String> failed = new ArrayList<>();

    FaultsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void whatBreaksCostsNoCallThatNeedNotDieNoEventAndNoPlace() throws Exception {
        List<FaultsPage.Line> lines = new ArrayList<>();
        String machine = machine();
        Load.prepare(suite);
        try (Supervisor supervisor = suite.suite().supervised(new Words())) {
            for (Fault fault : asked(System.getProperty("trunkline.faults", SHORT))) {
                lines.add(tried(fault));
            }
        }
        String report = System.getProperty("trunkline.faults.report", "");
        if (!report.isEmpty()) {
            Files.writeString(Path.of(report), FaultsPage.of(lines, LocalDate.now(), machine, HELD, CHURNING));
        }
        assertThat(failed).as("faults whose run did not come to its end").isEmpty();
        assertThat(lines.stream()
                        .flatMap(line -> line.finding().stream())
                        .filter(finding -> !finding.broken().isEmpty())
                        .map(finding -> finding.fault().name() + ": " + finding.broken()))
                .as("promises that were broken")
                .isEmpty();
    }

    /** Describes the machine, with its load before the first fault, which shows whether something else was running. */
    private static String machine() throws IOException {
        return "%s, load average %.2f before the first fault".formatted(Machine.hardware(), Machine.load());
    }

    private FaultsPage.Line tried(Fault fault) throws Exception {
        say(fault.name() + ": " + fault.what());
        try {
            Finding finding = new FaultRun(suite, HELD, CHURNING).of(fault);
            say("%s: %d calls, lost %s and %s, not answered %s, recovered after %s ms, silence %d ms, %s".formatted(
                    fault.name(), finding.placed(), finding.lost(), finding.cut(), finding.refused(),
                    finding.recoveredMillis().isPresent() ? finding.recoveredMillis().getAsLong() : "never",
                    finding.silenceMillis(), finding.broken().isEmpty() ? "all promises kept" : "BROKEN: " + finding.broken()));
            return new FaultsPage.Line(fault, Optional.of(finding), "");
        } catch (Fault.NotHereException e) {
            say(fault.name() + ": not tried, " + e.getMessage());
            return new FaultsPage.Line(fault, Optional.empty(), e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            // The page is written all the same, and the other faults are tried.
            String why = e.toString().lines().findFirst().orElse("");
            say(fault.name() + ": FAILED, " + why);
            failed.add(fault.name() + ": " + why);
            return new FaultsPage.Line(fault, Optional.empty(), why);
        }
    }

    /** Returns the requested faults. @param names separated by commas, or {@code all} */
    private static List<Fault> asked(String names) {
        List<Fault> all = Faults.all();
        if (names.equals(ALL)) {
            return all;
        }
        return Arrays.stream(names.split(","))
                .map(name -> all.stream()
                        .filter(fault -> fault.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no fault " + name + "; there are " + all.stream().map(Fault::name).toList())))
                .toList();
    }

    private static void say(String line) {
        System.out.println("faults: " + line);
    }

    private record Words() implements Progress {
        @Override
        public void say(String line) {
            FaultsIT.say(line);
        }

        @Override
        public void started(String part) {}
    }
}
