package dev.trunkline.rtc.text;

import java.util.StringTokenizer;

/** Splits a line of SDP into fields. A regular expression would do the same, but on a thread that also serves other rooms. */
public final class Fields {

    private Fields() {
    }

    /** Returns the fields between white space, at least one: for an empty line, an empty field. */
    public static String[] of(String line) {
        StringTokenizer words = new StringTokenizer(line);
        String[] fields = new String[Math.max(1, words.countTokens())];
        fields[0] = "";
        for (int i = 0; words.hasMoreTokens(); i++) {
            fields[i] = words.nextToken();
        }
        return fields;
    }

    /** Returns the text before the first such character; all of it if there is none. */
    public static String before(char end, String field) {
        int at = field.indexOf(end);
        return at < 0 ? field : field.substring(0, at);
    }
}
