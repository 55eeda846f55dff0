package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.provisioning.Known.Placed;
import dev.trunkline.router.provisioning.Plan.Removal;
import dev.trunkline.router.provisioning.Plan.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares three things: what LiveKit has, what was last taken from there, and the directory. An instance serves one
 * comparison.
 *
 * <p>Trunks come first, because rules name them. If an item cannot be taken, what was taken before stays unchanged, and
 * a fact says why.
 */
public final class Comparison {
    private static final Comparator<Removal> NOTHING_STILL_NEEDED =
            Comparator.comparing(removal -> List.of(Kind.RULE, Kind.OUTBOUND_TRUNK, Kind.INBOUND_TRUNK).indexOf(removal.key().kind()));

    private final Translator translator;
    private final Owners owners;
    private final Map<ItemKey, Known> known = new HashMap<>();
    private final ObjectNode directory;
    private final List<Write> writes = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private final Map<ItemKey, Known> remembered = new TreeMap<>();
    private final Set<Fact> facts = new LinkedHashSet<>();
    private final Map<ItemKey, Wanted> taken = new LinkedHashMap<>();
    private final Set<String> spared = new HashSet<>();

    private Comparison(Collection<Known> known, ObjectNode directory, DirectoryFileReader reader, Optional<String> usual) {
        known.forEach(each -> this.known.put(each.key(), each));
        this.directory = directory;
        this.translator = new Translator(reader);
        this.owners = new Owners(
                directory.path("organisations").valueStream().map(Comparison::name).collect(Collectors.toSet()), usual);
    }

    /**
     * @param items everything that LiveKit has
     * @param known everything that was taken from there, or could not be
     * @param directory all of it, in the form of a file, with secrets
     * @param made the numbers that were created for LiveKit's items
     * @param usual the organisation of items that name none
     */
    public static Plan plan(
            Collection<LiveKitItem> items,
            Collection<Known> known,
            ObjectNode directory,
            Set<String> made,
            DirectoryFileReader reader,
            Optional<String> usual) {
        return new Comparison(known, directory, reader, usual).plan(items, made);
    }

    private Plan plan(Collection<LiveKitItem> items, Set<String> made) {
        gone(items.stream().map(LiveKitItem::key).collect(Collectors.toSet()));
        trunks(Kind.INBOUND_TRUNK, items);
        trunks(Kind.OUTBOUND_TRUNK, items);
        rules(items);
        var claims = new NumberClaims();
        taken.values().stream().filter(each -> kind(each) == Kind.RULE).forEach(claims::rule);
        taken.values().stream().filter(each -> kind(each) == Kind.INBOUND_TRUNK).forEach(claims::trunk);
        Map<String, String> numbers = claims.settle(numbersNow(), made);
        facts.addAll(claims.facts());
        Set<String> numbersGone = made.stream()
                .filter(number -> !claims.claimed(number) && !spared.contains(number))
                .collect(Collectors.toCollection(TreeSet::new));
        removals.sort(NOTHING_STILL_NEEDED);
        return new Plan(writes, removals, numbers, numbersGone, List.copyOf(remembered.values()), List.copyOf(facts));
    }

    /** Removes here what was deleted in LiveKit. */
    private void gone(Set<ItemKey> there) {
        known.values().stream().filter(each -> !there.contains(each.key())).forEach(each -> each.placed()
                .filter(placed -> here(each.key().kind(), placed.name()).isPresent())
                .ifPresent(placed -> removals.add(new Removal(each.key(), placed.name()))));
    }

    private void trunks(Kind kind, Collection<LiveKitItem> items) {
        Set<String> names = new HashSet<>();
        for (LiveKitItem item : inOrder(kind, items)) {
            translated(item, Map.of()).ifPresent(wanted -> settle(wanted, names));
        }
    }

    private void rules(Collection<LiveKitItem> items) {
        Map<String, String> trunkNames = trunkNames();
        List<Wanted> wanted = new ArrayList<>();
        for (LiveKitItem item : inOrder(Kind.RULE, items)) {
            onTrunksOfOurs(item, trunkNames.keySet()).flatMap(rule -> translated(rule, trunkNames)).ifPresent(wanted::add);
        }
        Set<String> names = new HashSet<>();
        wanted.stream()
                .collect(Collectors.groupingBy(Wanted::organisation, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(rules -> translator.together(rules, trunkNames).forEach(rule -> settle(rule, names)));
    }

    /** Returns our names by LiveKit's ids, for trunks that are in the directory or are about to be added to it. */
    private Map<String, String> trunkNames() {
        return remembered.values().stream()
                .filter(each -> each.key().kind() == Kind.INBOUND_TRUNK && each.placed().isPresent())
                .filter(each -> !isRemovedHere(each.key()))
                .collect(Collectors.toMap(each -> each.key().id(), each -> each.placed().orElseThrow().name()));
    }

    private boolean isRemovedHere(ItemKey key) {
        return facts.stream().anyMatch(fact -> fact.key().equals(key) && fact.reason() == Reason.REMOVED_HERE);
    }

    /** In LiveKit, a rule may still name a deleted trunk; a rule that has lost all its trunks must not take the calls of every trunk. */
    private Optional<LiveKitItem> onTrunksOfOurs(LiveKitItem rule, Set<String> trunks) {
        ObjectNode json = rule.json().deepCopy();
        List<String> named = json.path("trunk_ids").valueStream().map(JsonNode::asText).toList();
        List<String> ours = named.stream().filter(trunks::contains).toList();
        if (!named.isEmpty() && ours.isEmpty()) {
            tell(rule, Reason.TRUNKS_MISSING, "is for %s, and none of them is in the directory: it takes no calls".formatted(String.join(", ", named)));
            Optional<Placed> before = before(rule).flatMap(Known::placed);
            before.filter(placed -> here(Kind.RULE, placed.name()).isPresent())
                    .ifPresent(placed -> removals.add(new Removal(rule.key(), placed.name())));
            remember(rule, Optional.empty());
            return Optional.empty();
        }
        if (ours.size() < named.size()) {
            tell(rule, Reason.NOT_CARRIED, "trunk_ids: %s are not in the directory and left out".formatted(
                    named.stream().filter(id -> !ours.contains(id)).collect(Collectors.joining(", "))));
            ArrayNode list = json.putArray("trunk_ids");
            ours.forEach(list::add);
        }
        return Optional.of(new LiveKitItem(rule.key(), rule.raw(), json));
    }

    private Optional<Wanted> translated(LiveKitItem item, Map<String, String> trunkNames) {
        return switch (owners.of(item)) {
            case Owners.Owner.Unclear(Reason reason, String text) -> {
                leave(item, reason, text);
                yield Optional.empty();
            }
            case Owners.Owner.Of(String organisation) -> {
                try {
                    yield Optional.of(translator.translate(item, organisation, trunkNames));
                } catch (FaultyFileException e) {
                    leave(item, Reason.NOT_POSSIBLE, Translator.text(e.faults()));
                    yield Optional.empty();
                }
            }
        };
    }

    /** Leaves the item as it was last taken, and reports why. */
    private void leave(LiveKitItem item, Reason reason, String text) {
        tell(item, reason, text);
        Optional<Placed> before = before(item).flatMap(Known::placed);
        before.ifPresent(placed -> NumberClaims.of(placed.form()).forEach(number -> NumberClaims.key(number).ifPresent(spared::add)));
        remember(item, before);
    }

    /** @param names names of LiveKit's items of this kind that were settled before this one */
    private void settle(Wanted wanted, Set<String> names) {
        LiveKitItem item = wanted.item();
        String name = item.name();
        Optional<Placed> before = before(item).flatMap(Known::placed);
        boolean named = before.filter(placed -> placed.name().equals(name)).isPresent();
        Optional<ObjectNode> here = here(item.key().kind(), name);
        if (!names.add(name)) {
            leave(item, Reason.NAME_TAKEN, "another of LiveKit's has the same name: give each its own");
        } else if (!named && goes(item.key().kind(), name)) {
            // It was deleted in LiveKit and created again, or another item has its name now.
            removals.removeIf(removal -> removal.key().kind() == item.key().kind() && removal.name().equals(name));
            take(wanted, here.filter(wanted.form()::equals).isPresent() ? Optional.empty() : Optional.of(wanted.form()), before);
        } else if (!named && here.isPresent() && !here.get().equals(wanted.form())) {
            leave(item, Reason.NAME_TAKEN, "something of that name is in the directory already, and not the same: rename one, or remove it there");
        } else if (!named && here.isPresent() || before.isEmpty()) {
            take(wanted, here.isPresent() ? Optional.empty() : Optional.of(wanted.form()), before);
        } else {
            again(wanted, before.orElseThrow());
        }
    }

    private boolean goes(Kind kind, String name) {
        return removals.stream().anyMatch(removal -> removal.key().kind() == kind && removal.name().equals(name));
    }

    /** Settles an item that was taken before. */
    private void again(Wanted wanted, Placed before) {
        LiveKitItem item = wanted.item();
        Optional<ObjectNode> here = here(item.key().kind(), before.name());
        if (here.isEmpty() && wanted.form().equals(before.form())) {
            leave(item, Reason.REMOVED_HERE, "was removed from the directory and is still in LiveKit: delete it there, or change it there to have it back");
            return;
        }
        Merge merge = here.map(ours -> Merge.of(before.form(), wanted.form(), ours)).orElse(new Merge(wanted.form(), Set.of()));
        if (!merge.both().isEmpty()) {
            leave(item, Reason.CHANGED_ON_BOTH_SIDES, "%s changed in LiveKit and, to something else, in the directory: make both the same"
                    .formatted(String.join(", ", merge.both())));
            return;
        }
        take(wanted, here.filter(merge.item()::equals).isPresent() ? Optional.empty() : Optional.of(merge.item()), Optional.of(before));
    }

    /** @param write what has to be written, if anything */
    private void take(Wanted wanted, Optional<ObjectNode> write, Optional<Placed> before) {
        LiveKitItem item = wanted.item();
        write.ifPresent(form -> writes.add(new Write(item.key(), item.name(), form)));
        before.map(Placed::name)
                .filter(old -> !old.equals(item.name()) && here(item.key().kind(), old).isPresent())
                .ifPresent(old -> removals.add(new Removal(item.key(), old)));
        facts.addAll(wanted.notes());
        taken.put(item.key(), wanted);
        remember(item, Optional.of(new Placed(item.name(), wanted.form())));
    }

    private void remember(LiveKitItem item, Optional<Placed> placed) {
        remembered.put(item.key(), new Known(item.key(), item.raw(), placed));
    }

    private void tell(LiveKitItem item, Reason reason, String text) {
        facts.add(new Fact(item.key(), item.name(), reason, text));
    }

    /** Orders items that the directory already has first, so that new ones do not take their names. */
    private List<LiveKitItem> inOrder(Kind kind, Collection<LiveKitItem> items) {
        return items.stream()
                .filter(item -> item.key().kind() == kind)
                .sorted(Comparator.<LiveKitItem, Boolean>comparing(item -> before(item).flatMap(Known::placed).isEmpty())
                        .thenComparing(LiveKitItem::key))
                .toList();
    }

    private Optional<Known> before(LiveKitItem item) {
        return Optional.ofNullable(known.get(item.key()));
    }

    private Optional<ObjectNode> here(Kind kind, String name) {
        return directory.path(kind.list()).valueStream()
                .filter(item -> name(item).equals(name))
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    /** Returns which organisation has which number of the directory. */
    private Map<String, Optional<String>> numbersNow() {
        Map<String, Optional<String>> numbers = new HashMap<>();
        directory.path("organisations").forEach(organisation -> organisation.path("numbers").forEach(
                number -> numbers.put(number.path("phone_number").asText(), Optional.of(name(organisation)))));
        directory.path("numbers").forEach(number -> numbers.put(number.path("phone_number").asText(), Optional.empty()));
        return numbers;
    }

    private static Kind kind(Wanted wanted) {
        return wanted.item().key().kind();
    }

    private static String name(JsonNode item) {
        return item.path("name").asText();
    }
}
