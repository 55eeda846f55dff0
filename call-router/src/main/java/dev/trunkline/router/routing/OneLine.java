package dev.trunkline.router.routing;

/** What others chose, for a line of the log: names and dialled numbers stand in sentences, and whoever gives them must not write lines of ours. */
public final class OneLine {
    private OneLine() {}

    /** The text with a question mark for each control character. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
