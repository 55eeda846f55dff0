package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.TrunkView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes a directory in the form that {@link DirectoryFileReader} reads: applying it again changes nothing. */
public final class DirectoryExport {
    private final Directory directory;

    private DirectoryExport(Directory directory) {
        this.directory = directory;
    }

    public static ObjectNode of(Directory directory) {
        return new DirectoryExport(directory).write();
    }

    private ObjectNode write() {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode organisations = file.putArray("organisations");
        directory.organisations().values().stream()
                .sorted(Comparator.comparing(Organisation::name))
                .forEach(organisation -> organisation(organisation, organisations.addObject()));
        ArrayNode trunks = file.putArray("trunks");
        directory.trunks().values().stream()
                .map(TrunkView::trunk)
                .sorted(Comparator.comparing(InboundTrunk::name))
                .forEach(trunk -> trunk(trunk, trunks.addObject()));
        ArrayNode rules = file.putArray("rules");
        directory.rules().forEach(rule -> rule(rule, rules.addObject()));
        return file;
    }

    private void organisation(Organisation organisation, ObjectNode item) {
        item.put("name", organisation.name());
        item.set("config", organisation.config().deepCopy());
        organisation.maxConcurrentCalls().ifPresent(calls -> item.put("max_concurrent_calls", calls));
        callRate(organisation.callerRate(), item);
        ArrayNode numbers = item.putArray("numbers");
        directory.numbers().values().stream()
                .filter(number -> number.organisationId().equals(organisation.id()))
                .sorted(Comparator.comparing(PhoneNumber::phoneNumber))
                .forEach(number -> number(number, numbers.addObject()));
    }

    private static void number(PhoneNumber number, ObjectNode item) {
        item.put("phone_number", number.phoneNumber());
        item.put("label", number.label());
        item.put("active", number.active());
        item.set("config_override", number.configOverride().deepCopy());
        item.put("max_concurrent_calls", number.maxConcurrentCalls());
        callRate(number.callerRate(), item);
    }

    private static void trunk(InboundTrunk trunk, ObjectNode item) {
        item.put("name", trunk.name());
        texts(trunk.addresses(), item.putArray("addresses"));
        trunk.country().ifPresent(country -> item.put("country", country));
        texts(trunk.headersToRoom(), item.putArray("headers_to_room"));
        texts(trunk.numbers(), item.putArray("numbers"));
        texts(trunk.allowedNumbers(), item.putArray("allowed_numbers"));
    }

    private void rule(DispatchRule rule, ObjectNode item) {
        item.put("name", rule.name());
        rule.organisationId()
                .flatMap(directory::organisation)
                .ifPresent(organisation -> item.put("organisation", organisation.name()));
        if (rule.wildcard()) {
            item.put("wildcard", true);
        } else {
            texts(rule.trunkIds().stream().map(this::trunkName).toList(), item.putArray("trunks"));
        }
        texts(rule.numbers(), item.putArray("numbers"));
        texts(rule.inboundNumbers(), item.putArray("inbound_numbers"));
        item.put("type", rule.destination().type());
        if (rule.destination() instanceof Destination.Room(RoomChoice room, boolean mustExist, var agents)) {
            item.put(room instanceof RoomChoice.Direct ? "room_name" : "room_prefix", room.text());
        }
        ArrayNode list = item.putArray("agents");
        rule.terms().agents().forEach(agent ->
                list.addObject().put("name", agent.name()).put("metadata", agent.metadata()));
        item.put("metadata", rule.terms().metadata());
        item.put("answer_policy", rule.terms().answerPolicy().code());
        item.put("patience_seconds", rule.terms().patienceSeconds());
        item.put("priority", rule.priority());
    }

    /** A trunk that is gone keeps its id as its name, so that nobody takes the rule for a wildcard. */
    private String trunkName(String id) {
        return directory.trunk(id).map(view -> view.trunk().name()).orElse(id);
    }

    private static void callRate(Optional<CallRate> rate, ObjectNode item) {
        rate.ifPresent(given -> item.putObject("caller_rate")
                .put("calls", given.calls())
                .put("window_seconds", given.windowSeconds()));
    }

    private static void texts(List<String> texts, ArrayNode onto) {
        texts.forEach(onto::add);
    }
}
