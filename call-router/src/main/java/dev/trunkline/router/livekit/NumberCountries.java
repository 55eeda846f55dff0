package dev.trunkline.router.livekit;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The countries of numbers, if they are written with a country code. */
final class NumberCountries {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    /** libphonenumber's codes for "no region", and for numbers that belong to no country. */
    private static final String NO_REGION = "ZZ";
    private static final String NO_COUNTRY = "001";

    private NumberCountries() {}

    /** Returns ISO 3166 codes, sorted; empty if no number is in the form of E.164. */
    static Set<String> of(Collection<String> numbers) {
        Set<String> countries = new TreeSet<>();
        numbers.forEach(number -> of(number).ifPresent(countries::add));
        return countries;
    }

    private static Optional<String> of(String number) {
        try {
            return Optional.ofNullable(NUMBERS.getRegionCodeForNumber(NUMBERS.parse(number, NO_REGION)))
                    .filter(region -> !region.equals(NO_COUNTRY));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
