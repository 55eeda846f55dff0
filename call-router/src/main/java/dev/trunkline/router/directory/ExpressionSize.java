package dev.trunkline.router.directory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The size of an expression once its repetitions are written out, as RE2 does before it matches anything: a few
 * characters can make an expression that fits into no memory. Counted in characters to match, in one pass, without
 * compiling anything.
 */
final class ExpressionSize {
    /** Larger sizes are treated as infinite. */
    private static final long ENDLESS = 1_000_000_000;

    private final String regex;
    /** For each open group, the size of what stands before it. */
    private final Deque<Long> outside = new ArrayDeque<>();
    private long sum;
    /** The size that a following repetition would repeat. */
    private long last;
    private int at;

    private ExpressionSize(String regex) {
        this.regex = regex;
    }

    /** @param regex valid or not: for an invalid one, the size means nothing */
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
