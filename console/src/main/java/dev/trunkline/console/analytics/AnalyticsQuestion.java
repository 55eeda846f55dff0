package dev.trunkline.console.analytics;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.OrganisationNames;
import dev.trunkline.events.OrganisationRef;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Selects the calls for which figures are computed.
 *
 * @param from start, inclusive
 * @param to end, exclusive
 * @param zone time zone in which days and hours are counted
 * @param dimension that the counts are read by: {@code suite}, {@code organisation}, {@code number}, {@code agent} or {@code trunk}
 * @param organisations ids of the selected organisations; empty for all
 * @param name of a selected organisation, until {@link #named}
 */
record AnalyticsQuestion(
        Instant from, Instant to, ZoneId zone, String dimension, Optional<List<String>> organisations, Optional<String> name, String value) {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(400);

    /**
     * The query parameters of the URL.
     *
     * @param from and @param to a moment in UTC, or a day of the zone (with {@code to} the whole of it)
     */
    record Parameters(
            Optional<String> from,
            Optional<String> to,
            Optional<String> zone,
            Optional<String> organisation,
            Optional<String> number,
            Optional<String> agent,
            Optional<String> trunk) {}

    /** @throws Refused for an invalid query */
    static AnalyticsQuestion of(User user, Parameters asked, Instant now) {
        ZoneId zone = zone(asked.zone().orElse("UTC"));
        Instant to = asked.to().map(text -> moment("to", text, zone, 1)).orElse(now);
        Instant from = asked.from().map(text -> moment("from", text, zone, 0)).orElse(to.minus(USUAL));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refused.malformed("from must be before to, with at most %d days between them.".formatted(LONGEST.toDays()));
        }
        List<String[]> dimensions = new ArrayList<>();
        asked.number().ifPresent(text -> dimensions.add(new String[] {"number", text}));
        asked.agent().ifPresent(text -> dimensions.add(new String[] {"agent", text}));
        asked.trunk().ifPresent(text -> dimensions.add(new String[] {"trunk", text}));
        if (dimensions.size() > 1) {
            throw Refused.malformed("Figures can be filtered by number, by agent or by trunk: choose one of them.");
        }
        Optional<List<String>> own = user.organisation().map(OrganisationRef::id).map(List::of);
        String[] dimension = dimensions.isEmpty()
                ? new String[] {own.isPresent() || asked.organisation().isPresent() ? "organisation" : "suite", ""}
                : dimensions.getFirst();
        return new AnalyticsQuestion(from, to, zone, dimension[0], own, asked.organisation(), dimension[1]);
    }

    /**
     * Parses a zone of the IANA database, which Postgres knows by the same name; in Postgres an offset like {@code GMT+2} means the
     * opposite.
     */
    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
            throw Refused.malformed("zone must be a name from the IANA time zone database, for example Europe/Brussels.");
        }
        return ZoneId.of(name);
    }

    private static Instant moment(String name, String text, ZoneId zone, int daysLater) {
        try {
            return text.length() == "2026-11-29".length()
                    ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refused.malformed("%s must be a day or a time in UTC: 2026-11-29 or 2026-11-29T00:00:00Z.".formatted(name));
        }
    }

    /** The same query for the organisations of that name; for a user who sees one organisation, only for that one. */
    AnalyticsQuestion named(List<String> ids) {
        List<String> seen = organisations.map(own -> own.stream().filter(ids::contains).toList()).orElse(ids);
        return new AnalyticsQuestion(from, to, zone, dimension, Optional.of(seen), Optional.empty(), value);
    }

    /** Conditions on the tables of counts, except the time. For an agent or a trunk there are rows for all organisations together. */
    String where() {
        boolean together = organisations.isEmpty() && (dimension.equals("agent") || dimension.equals("trunk"));
        return "dimension = ? and value = ?" + (together ? " and organisation_id = '*'" : "") + ofOrganisations();
    }

    /** The same conditions for single calls. */
    String whereOfCalls() {
        return (dimension.equals("suite") || dimension.equals("organisation") ? "? = ''" : dimension + " = ?") + ofOrganisations();
    }

    private String ofOrganisations() {
        return organisations.map(ids -> " and " + OrganisationNames.condition(ids)).orElse("");
    }

    /** The values of {@link #whereOfCalls}, then those of the time. */
    List<Object> valuesOfCalls() {
        List<Object> values = new ArrayList<>(List.of(value));
        organisations.map(OrganisationNames::value).ifPresent(values::add);
        values.addAll(List.of(from, to));
        return values;
    }

    /** The start, rounded down: the quarter in which the period begins belongs to it. */
    Instant begin() {
        return Instant.ofEpochSecond(from.getEpochSecond() - Math.floorMod(from.getEpochSecond(), QUARTER.toSeconds()));
    }

    /** The values of {@link #where}. */
    List<Object> valuesOfCounts() {
        List<Object> values = new ArrayList<>(List.of(dimension, value));
        organisations.map(OrganisationNames::value).ifPresent(values::add);
        return values;
    }
}
