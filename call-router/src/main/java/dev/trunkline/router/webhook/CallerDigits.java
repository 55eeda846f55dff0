package dev.trunkline.router.webhook;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds a caller's number in text, in the forms in which people write numbers: it is left out of requests to
 * applications that may not see it, and answers that contain it are refused because events may not hold it.
 */
final class CallerDigits {
    /** A shorter number is an extension, whose digits appear in other text by chance. */
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
