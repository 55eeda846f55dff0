package dev.trunkline.longtests;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Produces {@code docs/long-tests.md} as text. Pure. */
final class LongTestsPage {
    private LongTestsPage() {}

    /**
     * @param machine hardware and system
     * @param version of what was tested
     */
    static String of(List<TestClass> classes, LocalDate date, String machine, String version) {
        StringBuilder page = new StringBuilder("""
                # The long tests
                Written by `./trunkline test --long --report docs/long-tests.md`; do not write here. %s, %s, on %s.

                `./trunkline test` leaves out the tests tagged `long`: phones and proxies of other makers one after another, parts that die under load, floods, garbage,
                and tests that wait for minutes. Their last run: %s.

                | module | class | tests | failed | skipped | time |
                |---|---|---|---|---|---|
                """.formatted(date, version, machine, summary(classes)));
        classes.forEach(one -> page.append("| %s | %s | %d | %s | %d | %s |\n".formatted(
                one.module(), one.name(), one.tests(), one.failed() == 0 ? "0" : "**" + one.failed() + "**", one.skipped(), seconds(one.seconds()))));
        return page.toString();
    }

    /** Returns for example {@code 120 tests of 12 classes in 25 min, 1 failed, 0 skipped}. */
    static String summary(List<TestClass> classes) {
        return "%d tests of %d classes in %.0f min, %d failed, %d skipped".formatted(
                classes.stream().mapToInt(TestClass::tests).sum(), classes.size(),
                classes.stream().mapToDouble(TestClass::seconds).sum() / 60,
                classes.stream().mapToInt(TestClass::failed).sum(), classes.stream().mapToInt(TestClass::skipped).sum());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }
}
