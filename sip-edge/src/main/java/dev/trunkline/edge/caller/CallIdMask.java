package dev.trunkline.edge.caller;

import dev.trunkline.edge.text.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Masks caller numbers in SIP Call-IDs, into which some gateways write them. Events must not contain the number. */
public final class CallIdMask {
    /** A run of this many of a number's digits identifies it; shorter runs may stand by chance. */
    private static final int TELLING = 6;
    /** A longer text is no number (E.164 has fifteen digits). */
    private static final int LONGEST_NUMBER = 128;

    private CallIdMask() {}

    /**
     * Masks every digit of the Call-ID in a run that a number also contains.
     *
     * @param numbers the caller's number in the known forms; characters other than digits are ignored
     */
    public static String mask(String sipCallId, List<String> numbers) {
        Set<String> telling = new HashSet<>();
        for (String number : numbers) {
            String digits = Texts.digits(number.length() > LONGEST_NUMBER ? number.substring(0, LONGEST_NUMBER) : number);
            int width = Math.min(TELLING, digits.length());
            for (int i = 0; width > 0 && i + width <= digits.length(); i++) {
                telling.add(digits.substring(i, i + width));
            }
        }
        return telling.isEmpty() ? sipCallId : mask(sipCallId, telling);
    }

    private static String mask(String sipCallId, Set<String> telling) {
        StringBuilder digits = new StringBuilder();
        int[] places = new int[sipCallId.length()];
        for (int i = 0; i < sipCallId.length(); i++) {
            char c = sipCallId.charAt(i);
            if (c >= '0' && c <= '9') {
                places[digits.length()] = i;
                digits.append(c);
            } else if ("-. ()+".indexOf(c) < 0) {
                // Any character other than a separator ends a run of digits.
                places[digits.length()] = i;
                digits.append(' ');
            }
        }
        StringBuilder masked = new StringBuilder(sipCallId);
        for (String run : telling) {
            for (int at = digits.indexOf(run); at >= 0; at = digits.indexOf(run, at + 1)) {
                for (int i = at; i < at + run.length(); i++) {
                    masked.setCharAt(places[i], '*');
                }
            }
        }
        return masked.toString();
    }
}
