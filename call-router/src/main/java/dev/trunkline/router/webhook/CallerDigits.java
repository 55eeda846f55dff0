package dev.trunkline.router.webhook;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds a caller's number in text, in the forms that people write numbers in: what an application may not be told is
 * left out of requests, and what events may not hold is refused in answers.
 */
final class CallerDigits {
    /** Below this a number is an extension, and its digits stand in other words by chance. */
    private static final int FEWEST = 6;
    /** The last digits are the same in national and international form. */
    private static final int TELLING = 8;
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=[0-9])[ ().,/-]+(?=[0-9])");

    private final Optional<String> digits;

    /** @param number empty for an anonymous caller */
    CallerDigits(Optional<String> number) {
        this.digits = number.map(text -> text.replaceAll("[^0-9]", ""))
                .filter(text -> text.length() >= FEWEST)
                .map(text -> text.substring(Math.max(0, text.length() - TELLING)));
    }

    boolean in(String text) {
        return digits.filter(BETWEEN_DIGITS.matcher(text).replaceAll("")::contains).isPresent();
    }
}
