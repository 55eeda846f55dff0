package dev.trunkline.rtc.text;

import java.util.StringTokenizer;

/** The fields of a line of SDP. A regular expression would do the same on a thread that serves other rooms too. */
public final class Fields {

    private Fields() {
    }

    /** What stands between white space, at least one: of a line without any, an empty one. */
    public static String[] of(String line) {
        StringTokenizer words = new StringTokenizer(line);
        String[] fields = new String[Math.max(1, words.countTokens())];
        fields[0] = "";
        for (int i = 0; words.hasMoreTokens(); i++) {
            fields[i] = words.nextToken();
        }
        return fields;
    }

    /** What stands before the first such character; everything where there is none. */
    public static String before(char end, String field) {
        int at = field.indexOf(end);
        return at < 0 ? field : field.substring(0, at);
    }
}
