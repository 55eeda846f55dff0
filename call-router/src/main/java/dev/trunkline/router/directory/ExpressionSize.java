package dev.trunkline.router.directory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How big an expression becomes once its repetitions are written out, as RE2 does before it matches anything: in a few
 * characters somebody can write one that no memory holds. Counted in characters to match, one pass, nothing compiled.
 */
final class ExpressionSize {
    /** What is no smaller is as good as endless. */
    private static final long ENDLESS = 1_000_000_000;

    private final String regex;
    /** Of each group that is open, what stands before it. */
    private final Deque<Long> outside = new ArrayDeque<>();
    private long sum;
    /** What a repetition behind it repeats. */
    private long last;
    private int at;

    private ExpressionSize(String regex) {
        this.regex = regex;
    }

    /** @param regex right or not: of one that is wrong the size means nothing */
    static long of(String regex) {
        var size = new ExpressionSize(regex);
        while (size.at < regex.length()) {
            size.step(regex.charAt(size.at));
        }
        return size.sum;
    }

    private void step(char character) {
        switch (character) {
            case '(' -> {
                outside.push(sum);
                sum = 0;
                at++;
            }
            case ')' -> {
                last = sum;
                sum = Math.min(ENDLESS, sum + (outside.isEmpty() ? 0 : outside.pop()));
                at++;
            }
            case '{' -> repeat();
            case '[' -> {
                int end = regex.indexOf(']', at + 2);
                one(end < 0 ? regex.length() : end + 1);
            }
            case '\\' -> one(at + 2);
            default -> one(at + 1);
        }
    }

    private void one(int next) {
        last = 1;
        sum = Math.min(ENDLESS, sum + 1);
        at = next;
    }

    private void repeat() {
        int end = regex.indexOf('}', at);
        String counts = end < 0 ? "" : regex.substring(at + 1, end);
        if (!counts.matches("[0-9]{1,9}(?:,[0-9]{0,9})?")) {
            one(at + 1);
            return;
        }
        int most = 1;
        for (String count : counts.split(",")) {
            most = Math.max(most, Integer.parseInt(count));
        }
        long repeated = Math.min(ENDLESS, last * most);
        sum = Math.min(ENDLESS, sum + repeated - last);
        last = repeated;
        at = end + 1;
    }
}
