package dev.trunkline.console.history;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.OrganisationNames;
import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A filter on calls as SQL: conditions that are combined with {@code and}, and their values. The condition on what the user may see comes
 * first, whatever else is requested.
 */
final class HistoryFilter {
    private static final Set<String> OUTCOMES = Set.of("answered", "refused", "unanswered");
    private static final Set<String> DIRECTIONS = Set.of("inbound", "outbound");
    private static final Set<String> TRIALS = Set.of("no", "with", "only");
    private static final int LONGEST = 200;
    private static final int TRIGRAM = 3;
    private static final Pattern PSEUDONYM = Pattern.compile("[0-9a-f]{3,64}");
    /** The expression as the index has it. */
    private static final String WORDS = "call_words(number, called, agent, rule, room, reason)";
    /** Parameters that are compared for equality, and their columns. */
    private static final Map<String, String> EQUAL =
            Map.of("organisation", "organisation", "number", "number", "agent", "agent", "trunk", "trunk", "reason", "reason");

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private Optional<Search> search = Optional.empty();

    /** A search for part of a call's words, which a trigram index finds. */
    private record Search(String condition, List<Object> values) {}

    private HistoryFilter() {}

    /**
     * @param parameters of the query that are present
     * @throws Refused for an invalid parameter
     */
    static HistoryFilter of(User user, Map<String, String> parameters) {
        var filter = new HistoryFilter();
        filter.add("true");
        user.organisation().map(OrganisationRef::id).ifPresent(id -> filter.add("organisation_id = ?", id));
        parameters.forEach(filter::asked);
        return filter;
    }

    private void asked(String name, String text) {
        if (text.length() > LONGEST) {
            throw Refused.malformed("%s is longer than %d characters.".formatted(name, LONGEST));
        }
        switch (name) {
            case "from" -> add("received_at >= ?", instant(name, text));
            case "to" -> add("received_at < ?", instant(name, text));
            case "outcome" -> add("outcome = ?", oneOf(name, text, OUTCOMES));
            case "direction" -> add("direction = ?", oneOf(name, text, DIRECTIONS));
            case "trial" -> trial(oneOf(name, text, TRIALS));
            case "search" -> search(text.strip());
            default -> add(Optional.ofNullable(EQUAL.get(name)).orElseThrow() + " = ?", text);
        }
    }

    private void trial(String wish) {
        switch (wish) {
            case "no" -> add("kind <> 'trial'");
            case "only" -> add("kind = 'trial'");
            default -> add("true");
        }
    }

    /** Searches for an id, the beginning of a pseudonym or a part of the words, each by an index of its own. */
    private void search(String given) {
        String text = given.toLowerCase(Locale.ROOT);
        Optional<CallId> id = CallIds.of(text);
        if (id.isEmpty() && !hasTrigram(text)) {
            throw Refused.malformed("search must have three or more letters or digits in a row.");
        }
        String part = "%" + escaped(text) + "%";
        if (id.isPresent()) {
            add("call_id = ?", id.get().value());
        } else if (PSEUDONYM.matcher(text).matches()) {
            search = Optional.of(new Search("(" + WORDS + " like ? or caller like ?)", List.of(part, text + "%")));
        } else {
            search = Optional.of(new Search(WORDS + " like ?", List.of(part)));
        }
    }

    /** Without a trigram Postgres would read the whole index, and then all calls. */
    private static boolean hasTrigram(String text) {
        int row = 0;
        for (int i = 0; i < text.length() && row < TRIGRAM; i++) {
            row = Character.isLetterOrDigit(text.charAt(i)) ? row + 1 : 0;
        }
        return row >= TRIGRAM;
    }

    /** Escapes characters that have a meaning in LIKE. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    void add(String condition, Object... bound) {
        conditions.add(condition);
        values.addAll(List.of(bound));
    }

    /**
     * Restricts the filter by the organisations' ids, because there is no index on their name.
     *
     * @param ids of all organisations that have had the name
     */
    void organisationIs(List<String> ids) {
        add(OrganisationNames.condition(ids), OrganisationNames.value(ids));
    }

    private static String oneOf(String name, String text, Set<String> possible) {
        if (!possible.contains(text)) {
            throw Refused.malformed("Write %s=%s.".formatted(name, String.join(" or ", possible.stream().sorted().toList())));
        }
        return text;
    }

    static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refused.malformed("%s must be a time in UTC, for example 2026-11-29T00:00:00Z.".formatted(name));
        }
    }

    boolean searches() {
        return search.isPresent();
    }

    /** The conditions except the search. */
    String whereBeside() {
        return String.join(" and ", conditions);
    }

    /** The condition of the search; true if there is none. */
    String whereFound() {
        return search.map(Search::condition).orElse("true");
    }

    /** All conditions, the search last. */
    String where() {
        return whereBeside() + " and " + whereFound();
    }

    /** The values of {@link #whereBeside}, then those of {@link #whereFound}. */
    List<Object> values() {
        return Stream.concat(values.stream(), search.stream().flatMap(one -> one.values().stream())).toList();
    }
}
