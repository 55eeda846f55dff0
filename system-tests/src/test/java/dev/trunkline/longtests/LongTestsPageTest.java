package dev.trunkline.longtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongTestsPageTest {
    private static final TestClass GREEN = new TestClass("sip-edge", "EdgesTest", 6, 0, 0, 119.6);
    private static final TestClass RED = new TestClass("system-tests", "FloodIT", 4, 1, 2, 60.4);

    @Test
    void theSummaryCountsAllClasses() {
        assertThat(LongTestsPage.summary(List.of(GREEN, RED))).isEqualTo("10 tests of 2 classes in 3 min, 1 failed, 2 skipped");
    }

    @Test
    void eachClassHasALineAndAFailureIsSeen() {
        String page = LongTestsPage.of(List.of(GREEN, RED), LocalDate.of(2026, 3, 1), "2 × CPU", "commit abc");

        assertThat(page)
                .contains("2026-03-01, commit abc, on 2 × CPU.")
                .contains("| sip-edge | EdgesTest | 6 | 0 | 0 | 120 s |\n")
                .endsWith("| system-tests | FloodIT | 4 | **1** | 2 | 60 s |\n");
    }
}
