package dev.trunkline.events.numbers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.Optional;

/**
 * One way to understand some digits: a number that is at least possible.
 *
 * @param valid whether its range is in use
 * @param how in a few words, without the number
 */
record Reading(String e164, boolean valid, String how) {
    static final String WITHOUT_PLUS = "taken as international without a plus";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    /** libphonenumber's value for "no region": then only international forms are understood. */
    private static final String NO_REGION = "ZZ";
    private static final int LONGEST_COUNTRY_CODE = 3;

    static boolean knows(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }

    /** @param plus a plus, country code and number */
    static Optional<Reading> international(String plus, String how) {
        return parse(plus, NO_REGION).map(number -> of(number, how));
    }

    /** Reads a national number after a prefix that its region does not itself have. */
    static Optional<Reading> national(String digits, String region, String prefix) {
        int code = NUMBERS.getCountryCodeForRegion(region);
        return parse("+" + code + digits, NO_REGION)
                .map(number -> of(number, "national prefix " + prefix + " removed, national number of " + region));
    }

    /** Reads the region's own country code without a plus; empty in a region that has no national prefix. */
    static Optional<Reading> ownCode(String digits, String region) {
        int code = NUMBERS.getCountryCodeForRegion(region);
        boolean prefixed = NUMBERS.getNddPrefixForRegion(region, true) != null;
        return !prefixed || !digits.startsWith(Integer.toString(code))
                ? Optional.empty()
                : international("+" + digits, WITHOUT_PLUS);
    }

    /** Reads the digits as somebody in the region dials them, or writes them down. */
    static Optional<Reading> asWritten(String digits, String region) {
        return parse(digits, region).map(number -> of(number, how(digits, region, number)));
    }

    /** @param context a plus and digits; @return the main region of the country code that they are, if they are one */
    static Optional<String> regionOf(String context) {
        String code = context.substring(1);
        return code.isEmpty() || code.length() > LONGEST_COUNTRY_CODE
                ? Optional.empty()
                : Optional.of(NUMBERS.getRegionCodeForCountryCode(Integer.parseInt(code)))
                        .filter(region -> !region.equals(NO_REGION));
    }

    private static Reading of(PhoneNumber number, String how) {
        return new Reading(
                NUMBERS.format(number, PhoneNumberFormat.E164), NUMBERS.isValidNumber(number), how);
    }

    private static String how(String digits, String region, PhoneNumber number) {
        String national = NUMBERS.getNationalSignificantNumber(number);
        if (number.getCountryCodeSource() == CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN) {
            return WITHOUT_PLUS;
        }
        if (number.getCountryCodeSource() == CountryCodeSource.FROM_NUMBER_WITH_IDD) {
            return removed("international prefix", digits, number.getCountryCode() + national);
        }
        return national.equals(digits)
                ? "national number of " + region
                : removed("national prefix", digits, national) + ", national number of " + region;
    }

    /** Names the prefix if it comes before the rest; in a few countries more than a prefix is removed. */
    private static String removed(String prefix, String digits, String rest) {
        return digits.endsWith(rest)
                ? prefix + " " + digits.substring(0, digits.length() - rest.length()) + " removed"
                : prefix + " removed";
    }

    private static Optional<PhoneNumber> parse(String text, String region) {
        try {
            PhoneNumber number = NUMBERS.parseAndKeepRawInput(text, region);
            return NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(number)
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
