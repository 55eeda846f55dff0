package dev.trunkline.router.routing;

/**
 * Text that others chose, for a log line: names and dialled numbers appear in sentences, and whoever supplies them must
 * not be able to forge log lines.
 */
public final class OneLine {
    private OneLine() {}

    /** Returns the text with a question mark in place of each control character. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
