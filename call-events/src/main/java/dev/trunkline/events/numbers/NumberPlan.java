package dev.trunkline.events.numbers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How numbers are written on a trunk, and what they are in E.164. Part of the contract because the caller's pseudonym
 * is only stable if every service normalises alike.
 *
 * @param country ISO 3166 region whose national form the trunk sends; empty where numbers come in E.164, with or
 *     without the plus
 */
public record NumberPlan(Optional<String> country) {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{1,20}");
    private static final int SHORTEST_NATIONAL = 7;
    private static final int SHORTEST_INTERNATIONAL = 8;
    /** libphonenumber's word for "no region": then only international forms are understood. */
    private static final String NO_REGION = "ZZ";

    /**
     * @param text E.164 with the plus where the plan knows the number, else the received text without visual separators
     * @param e164 whether the plan knows the number
     */
    public record Normalised(String text, boolean e164) {}

    /**
     * @param received the user part of a SIP URI or a {@code tel:} number (RFC 3966); parameters are ignored. Short
     *     numbers, which are extensions of a PBX or services, and words stay as they are
     */
    public Normalised normalise(String received) {
        String bare = bare(received);
        return e164(bare).map(number -> new Normalised(number, true)).orElseGet(() -> new Normalised(bare, false));
    }

    private Optional<String> e164(String bare) {
        // libphonenumber would find digits in words too.
        if (!DIGITS.matcher(bare).matches()) {
            return Optional.empty();
        }
        String region = country.orElse(NO_REGION);
        if (bare.startsWith("+")) {
            return parse(bare, region);
        }
        if (bare.length() < SHORTEST_NATIONAL) {
            return Optional.empty();
        }
        Optional<String> national = parse(bare, region);
        if (national.isPresent()) {
            return national;
        }
        if (bare.startsWith("00")) {
            return parse("+" + bare.substring(2), region);
        }
        return bare.startsWith("0") || bare.length() < SHORTEST_INTERNATIONAL
                ? Optional.empty()
                : parse("+" + bare, region);
    }

    private static String bare(String received) {
        String text = received.strip();
        if (text.regionMatches(true, 0, "tel:", 0, 4)) {
            text = text.substring(4);
        }
        int parameters = text.indexOf(';');
        if (parameters >= 0) {
            text = text.substring(0, parameters);
        }
        // A plus that a SIP stack escaped (RFC 3261 section 19.1.2).
        text = text.replace("%2B", "+").replace("%2b", "+");
        // Visual separators of RFC 3966 section 5.1.1, and spaces that people leave in.
        return text.replaceAll("[-.() ]", "");
    }

    private static Optional<String> parse(String text, String region) {
        try {
            PhoneNumber number = NUMBERS.parse(text, region);
            return NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
