package dev.trunkline.router.directory;

import dev.trunkline.events.numbers.NumberPlan;
import java.util.List;
import java.util.OptionalInt;

/**
 * A number, or the beginning of numbers ({@code +3225550*}), in E.164 as far as the trunk's number plan knows it.
 *
 * @param text the number, or the beginning without the star
 * @param open whether anything may follow
 */
public record NumberPattern(String text, boolean open) {
    /** Closeness of an exact number: higher than that of a beginning of any length. */
    private static final int EXACT = 1_000;

    /** @param written as a person wrote it: national or international, with or without separators, with or without a star at the end */
    public static NumberPattern of(String written, NumberPlan plan) {
        String text = written.strip();
        if (!text.endsWith("*")) {
            return new NumberPattern(plan.normalise(text).text(), false);
        }
        // A beginning is too short for a number plan to recognise: it has to be written as E.164 begins.
        String stem = text.substring(0, text.length() - 1).replaceAll("[-.() ]", "");
        return new NumberPattern(stem.startsWith("00") ? "+" + stem.substring(2) : stem, true);
    }

    public static List<NumberPattern> all(List<String> written, NumberPlan plan) {
        return written.stream().map(text -> of(text, plan)).toList();
    }

    public boolean matches(String number) {
        return open ? number.startsWith(text) : number.equals(text);
    }

    /** Returns how closely the pattern names what it matches: the longer the closer, and an exact number closest. */
    public int closeness() {
        return open ? text.length() : EXACT;
    }

    /** Returns how closely the best matching pattern names the number; empty if none matches. */
    public static OptionalInt closest(List<NumberPattern> patterns, String number) {
        int closest = -1;
        for (NumberPattern pattern : patterns) {
            if (pattern.matches(number)) {
                closest = Math.max(closest, pattern.closeness());
            }
        }
        return closest < 0 ? OptionalInt.empty() : OptionalInt.of(closest);
    }
}
