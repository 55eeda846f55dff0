package dev.trunkline.events.numbers;

import dev.trunkline.events.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How numbers are written on a trunk, and what they are in E.164. Part of the contract because the caller's pseudonym is
 * stable only if every service normalises in the same way.
 *
 * <p>A number with a plus is international. Digits without one have several readings, in this order:
 * <ol>
 *   <li>an international prefix of the trunk, then country code and number;
 *   <li>a national prefix of the trunk, then a national number;
 *   <li>the code of the trunk's own country without a plus ({@code 4991874350352} in Germany), if that is valid and the
 *       country has a national prefix: there, a national number without its prefix is less common;
 *   <li>the notation of the trunk's country: with its own prefixes ({@code 0049...}, {@code 09187...}), or a national
 *       number without any ({@code 91874350352} in Germany, {@code 0612345678} in Italy);
 *   <li>country code and number without a plus, of any country.
 * </ol>
 * The first reading that is a valid number (of a range that is in use) is taken; if there is none, the first that is
 * possible (of the right length). Digits that are both a valid national number and a valid number of another country
 * without its plus are therefore read as the national one. A trunk that always sends country codes without a plus should
 * have no country: then only that form is understood.
 *
 * <p>Text with fewer than seven digits and no plus is a short number (an extension of a PBX, a service) and stays as it
 * is; so does text that has no reading, and a word.
 *
 * @param country ISO 3166 region whose national form the trunk sends; empty if numbers come in E.164, with or without
 *     the plus. A region without a number plan counts as none
 * @param internationalPrefixes digits that the trunk puts before a country code, tried before the country's own
 * @param nationalPrefixes digits that the trunk puts before a national number, tried before the country's own
 */
public record NumberPlan(
        Optional<String> country, List<String> internationalPrefixes, List<String> nationalPrefixes) {
    private static final int SHORTEST_NATIONAL = 7;
    private static final int SHORTEST_INTERNATIONAL = 8;
    /**
     * What most countries dial before a country code (ITU-T E.164); also understood if the country has another prefix.
     */
    private static final String COMMON_PREFIX = "00";

    public NumberPlan {
        country = country.map(code -> code.strip().toUpperCase(Locale.ROOT)).filter(Reading::knows);
        internationalPrefixes = digits(internationalPrefixes);
        nationalPrefixes = digits(nationalPrefixes);
    }

    /** Uses the prefixes of the country. */
    public NumberPlan(Optional<String> country) {
        this(country, List.of(), List.of());
    }

    public static NumberPlan of(Trunk trunk) {
        return new NumberPlan(trunk.country(), trunk.internationalPrefixes(), trunk.nationalPrefixes());
    }

    /**
     * @param text E.164 with the plus if the plan knows the number, else the received text: digits without visual
     *     separators, words as they came
     * @param e164 whether the plan knows the number
     * @param how the steps that led there, each a few words without the number: they may be included in a trace
     */
    public record Normalised(String text, boolean e164, List<String> how) {
        public Normalised {
            how = List.copyOf(how);
        }
    }

    /**
     * @param received the user part of a SIP URI, a {@code tel:} URI (RFC 3966) or a whole {@code sip:} URI; URI
     *     parameters other than {@code phone-context} are left out
     */
    public Normalised normalise(String received) {
        Written written = Written.of(received);
        String text = written.text();
        if (!written.number()) {
            return as(written, text, false, "not a number, left as it is");
        }
        if (text.startsWith("+")) {
            return known(written, Reading.international(text, "international, with a plus"));
        }
        if (text.length() < SHORTEST_NATIONAL) {
            return as(written, text, false, "short number, left as it is");
        }
        return written.context()
                .filter(context -> context.startsWith("+"))
                .map(context -> known(written, inContext(text, context)))
                .orElseGet(() -> known(written, local(text)));
    }

    private static Normalised known(Written written, Optional<Reading> reading) {
        if (reading.isEmpty()) {
            return as(written, written.text(), false, "no number of this plan, left as it is");
        }
        return reading.get().valid()
                ? as(written, reading.get().e164(), true, reading.get().how())
                : as(written, reading.get().e164(), true, reading.get().how(), "possible, but of no range in use");
    }

    private static Normalised as(Written written, String text, boolean e164, String... steps) {
        var how = new ArrayList<>(written.how());
        how.addAll(List.of(steps));
        return new Normalised(text, e164, how);
    }

    /** Returns the first valid reading, in order, or else the first possible one. */
    private Optional<Reading> local(String digits) {
        var choice = new Choice();
        longest(internationalPrefixes, digits).ifPresent(prefix ->
                choice.offer(() -> Reading.international("+" + digits.substring(prefix.length()), removed(prefix))));
        longest(nationalPrefixes, digits).ifPresent(prefix ->
                choice.offer(() -> country.flatMap(region ->
                        Reading.national(digits.substring(prefix.length()), region, prefix))));
        choice.offer(() -> country.flatMap(region -> Reading.ownCode(digits, region)).filter(Reading::valid));
        choice.offer(() -> country.flatMap(region -> Reading.asWritten(digits, region)));
        if (digits.startsWith(COMMON_PREFIX)) {
            choice.offer(() -> Reading.international("+" + digits.substring(2), removed(COMMON_PREFIX)));
        } else if (!digits.startsWith("0") && digits.length() >= SHORTEST_INTERNATIONAL) {
            choice.offer(() -> Reading.international("+" + digits, Reading.WITHOUT_PLUS));
        }
        return choice.best();
    }

    /**
     * A local number with a global context (RFC 3966 section 5.1.5). A country code says whose country's plan applies.
     * Longer contexts are not prefixes according to that RFC, but are sent as such: they are accepted only if the result
     * is a valid number.
     */
    private static Optional<Reading> inContext(String digits, String context) {
        return Reading.regionOf(context)
                .map(region -> Reading.asWritten(digits, region))
                .orElseGet(() -> Reading.international(context + digits, "phone-context put before it")
                        .filter(Reading::valid));
    }

    private static String removed(String prefix) {
        return "international prefix " + prefix + " removed";
    }

    private static Optional<String> longest(List<String> prefixes, String digits) {
        String longest = "";
        for (String prefix : prefixes) {
            if (prefix.length() > longest.length() && digits.startsWith(prefix)) {
                longest = prefix;
            }
        }
        return longest.isEmpty() ? Optional.empty() : Optional.of(longest);
    }

    private static List<String> digits(List<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> prefix.replaceAll("[^0-9]", ""))
                .filter(prefix -> !prefix.isEmpty())
                .toList();
    }
}
