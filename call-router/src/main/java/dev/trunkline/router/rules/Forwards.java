package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.Fields.Place;
import dev.trunkline.router.fields.InviteHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The targets of a forward, as a rule or a webhook writes them: one target, or a list of targets that are tried one
 * after the other; the targets of a list within the list ring at the same time. A target is a number, a SIP or tel URI,
 * or an object with {@code to}, {@code trunk}, {@code ring_seconds} and {@code headers}.
 */
public final class Forwards {
    /** How long a target rings by default, in seconds. */
    public static final int RING_SECONDS = 20;
    /** As long as the edge lets any call ring, in seconds. */
    public static final int MOST_RING_SECONDS = 180;
    /** The most rounds, which are tried one after the other. */
    public static final int MOST_ROUNDS = 8;
    /** The most targets that ring at the same time: each is an outbound call, which the organisation pays for. */
    public static final int MOST_AT_ONCE = 8;

    private static final String TO = "to";
    private static final String TRUNK = "trunk";
    private static final String RING = "ring_seconds";
    private static final String WHAT_TO_WRITE = "write a number (\"+3225550100\"), a SIP URI (\"sip:desk@pbx.example\"), an object with `to`,"
            + " or a list of these, which are tried one after the other; the entries of a list in the list ring simultaneously";
    private static final ForwardPlan UNREAD = one("");

    /** @param ringSeconds empty for {@link #RING_SECONDS} */
    private record Entry(ForwardTarget target, int ringSeconds) {}

    private Forwards() {}

    /** Returns a plan with a single target that rings for the default time. */
    public static ForwardPlan one(String to) {
        return new ForwardPlan(List.of(new ForwardRound(List.of(new ForwardTarget(to, Optional.empty(), Map.of())), RING_SECONDS)));
    }

    /** Returns how long all rounds may ring in total. */
    public static int ringSeconds(ForwardPlan plan) {
        return plan.rounds().stream().mapToInt(ForwardRound::ringingSeconds).sum();
    }

    /** Reads a required field; after a fault the result is of no use. */
    public static ForwardPlan read(Fields fields, String field) {
        Optional<Place> written = fields.place(field);
        if (written.isEmpty()) {
            fields.fault(field, "is missing: " + WHAT_TO_WRITE);
            return UNREAD;
        }
        List<Place> places = written.get().each();
        if (places.isEmpty() || places.size() > MOST_ROUNDS) {
            fields.fault(field, places.isEmpty() ? "is empty: " + WHAT_TO_WRITE : "a caller does not wait for so many: write up to " + MOST_ROUNDS);
        }
        List<ForwardRound> rounds = places.stream().flatMap(place -> round(place).stream()).toList();
        return rounds.isEmpty() ? UNREAD : new ForwardPlan(rounds);
    }

    private static Optional<ForwardRound> round(Place written) {
        List<Place> places = written.each();
        if (places.isEmpty() || places.size() > MOST_AT_ONCE) {
            written.fault(places.isEmpty() ? "is empty: " + WHAT_TO_WRITE : "write up to %d that ring together".formatted(MOST_AT_ONCE));
        }
        List<Entry> entries = new ArrayList<>();
        places.forEach(place -> entry(place).ifPresent(entries::add));
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new ForwardRound(
                        entries.stream().map(Entry::target).toList(),
                        // They ring together, so the longest applies to all of them.
                        entries.stream().mapToInt(Entry::ringSeconds).max().orElse(RING_SECONDS)));
    }

    private static Optional<Entry> entry(Place place) {
        if (place.isList()) {
            place.fault("a list in a list in a list has no meaning: " + WHAT_TO_WRITE);
            return Optional.empty();
        }
        if (!place.isObject()) {
            return place.text().map(text -> {
                Addresses.target(text).ifPresent(place::fault);
                return new Entry(new ForwardTarget(text, Optional.empty(), Map.of()), RING_SECONDS);
            });
        }
        Fields fields = place.fields();
        String to = fields.text(TO, "a number, or a SIP URI");
        if (!to.isEmpty()) {
            Addresses.target(to).ifPresent(problem -> fields.fault(TO, problem));
        }
        var target = new ForwardTarget(
                to, fields.optionalText(TRUNK).filter(name -> !name.isEmpty()), InviteHeaders.read(fields));
        int ring = fields.integer(RING, 1, MOST_RING_SECONDS).orElse(RING_SECONDS);
        fields.nothingElse();
        return Optional.of(new Entry(target, ring));
    }

    /** Writes what {@link #read} reads, in the shortest form. */
    static void write(ForwardPlan plan, String field, ObjectNode json) {
        List<ForwardRound> rounds = plan.rounds();
        if (rounds.size() == 1 && rounds.getFirst().targets().size() == 1) {
            ForwardTarget target = rounds.getFirst().targets().getFirst();
            if (plain(target, rounds.getFirst())) {
                json.put(field, target.to());
            } else {
                write(target, rounds.getFirst(), json.putObject(field));
            }
            return;
        }
        ArrayNode list = json.putArray(field);
        rounds.forEach(round -> {
            ArrayNode onto = round.targets().size() == 1 ? list : list.addArray();
            round.targets().forEach(target -> {
                if (plain(target, round)) {
                    onto.add(target.to());
                } else {
                    write(target, round, onto.addObject());
                }
            });
        });
    }

    private static boolean plain(ForwardTarget target, ForwardRound round) {
        return target.outboundTrunk().isEmpty() && target.headers().isEmpty() && round.ringingSeconds() == RING_SECONDS;
    }

    private static void write(ForwardTarget target, ForwardRound round, ObjectNode json) {
        json.put(TO, target.to());
        target.outboundTrunk().ifPresent(name -> json.put(TRUNK, name));
        if (round.ringingSeconds() != RING_SECONDS) {
            json.put(RING, round.ringingSeconds());
        }
        if (!target.headers().isEmpty()) {
            ObjectNode headers = json.putObject("headers");
            // Always in the same order, so that two equal rules are the same text.
            new TreeMap<>(target.headers()).forEach(headers::put);
        }
    }
}
