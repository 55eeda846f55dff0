package dev.trunkline.events.destinations;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/**
 * A number of the public network.
 *
 * @param e164 with the plus
 * @param code how many characters the plus and the country code have
 * @param country ISO 3166 region; empty if it belongs to none: satellites, and numbers of an unused range where countries share a
 *     code
 */
public record PublicNumber(String e164, int code, Optional<String> country, Kind kind, PhoneNumber parsed) {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    /** libphonenumber's value for "no region", and for codes that belong to no country. */
    private static final String NO_REGION = "ZZ";
    private static final String NO_COUNTRY = "001";

    /** What a call to the number costs, and to whom. */
    public enum Kind {
        ORDINARY("an ordinary number"),
        PREMIUM_RATE("a premium rate number"),
        SHARED_COST("a number of shared cost"),
        PERSONAL("a personal number"),
        /**
         * Of a range that is not in use, as far as is known: nobody lives there, and some carriers charge high prices for it all the
         * same.
         */
        UNKNOWN("of no range that is known to be in use");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Returns empty for a number that is in no number plan. */
    public static Optional<PublicNumber> read(String e164) {
        try {
            PhoneNumber parsed = NUMBERS.parse(e164, NO_REGION);
            Optional<String> country =
                    Optional.ofNullable(NUMBERS.getRegionCodeForNumber(parsed)).filter(region -> !region.equals(NO_COUNTRY));
            int code = 1 + Integer.toString(parsed.getCountryCode()).length();
            return Optional.of(new PublicNumber(e164, code, country, kind(parsed), parsed));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static Kind kind(PhoneNumber number) {
        return switch (NUMBERS.getNumberType(number)) {
            case PREMIUM_RATE -> Kind.PREMIUM_RATE;
            case SHARED_COST -> Kind.SHARED_COST;
            case PERSONAL_NUMBER -> Kind.PERSONAL;
            case UNKNOWN -> Kind.UNKNOWN;
            default -> Kind.ORDINARY;
        };
    }

    /** Returns the number as it is dialled in a country: {@code 025550100} within it, {@code 003225550100} from elsewhere. */
    String dialledIn(String region) {
        String text = country.filter(region::equals).isPresent()
                ? NUMBERS.format(parsed, PhoneNumberFormat.NATIONAL)
                : NUMBERS.formatOutOfCountryCallingNumber(parsed, region);
        var digits = new StringBuilder(text.length());
        text.chars().filter(c -> c >= '0' && c <= '9' || c == '+').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /** Does not reveal the number: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "PublicNumber[" + country.orElse("no country") + "]";
    }
}
