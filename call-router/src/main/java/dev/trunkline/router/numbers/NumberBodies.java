package dev.trunkline.router.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.apply.CallRates;
import dev.trunkline.router.apply.Configs;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.PhoneNumbers;
import dev.trunkline.router.apply.Unstorable;
import dev.trunkline.router.fields.Comments;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.rules.AnnouncementForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the bodies of requests on numbers, and names everything that is wrong with them. */
final class NumberBodies {
    private static final int MOST_AT_ONCE = 10_000;

    private NumberBodies() {}

    /** Reads one number, or {@code {"numbers": […]}}. */
    static List<NewNumber> added(byte[] body) throws FaultyFileException {
        List<Fault> faults = new ArrayList<>();
        JsonNode root = parse(body);
        List<NewNumber> numbers = new ArrayList<>();
        if (root.has("numbers")) {
            Fields file = new Fields(root, "", faults);
            file.objects("numbers").forEach(fields -> numbers.add(added(fields)));
            file.nothingElse();
        } else {
            numbers.add(added(new Fields(root, "", faults)));
        }
        Set<String> seen = new HashSet<>();
        numbers.stream().map(NewNumber::phoneNumber).filter(number -> !seen.add(number)).distinct()
                .filter(number -> !number.isEmpty())
                .forEach(number -> faults.add(new Fault("numbers", number + " is listed twice: remove one")));
        if (numbers.isEmpty() || numbers.size() > MOST_AT_ONCE) {
            faults.add(new Fault("numbers", "write 1 to " + MOST_AT_ONCE + " numbers"));
        }
        return checked(numbers, faults);
    }

    private static NewNumber added(Fields fields) {
        var number = new NewNumber(
                PhoneNumbers.read(fields, "phone_number"),
                fields.optionalText("organisation").filter(name -> !name.isEmpty()),
                fields.optionalText("label").orElse(""),
                fields.bool("active", true),
                Configs.read(fields, "config_override"),
                fields.integer("max_concurrent_calls", 1, CallRates.MOST_CALLS).orElse(1),
                rate(fields, "caller_rate"),
                AnnouncementForm.read(fields));
        fields.nothingElse();
        return number;
    }

    static NumberChange changed(byte[] body) throws FaultyFileException {
        List<Fault> faults = new ArrayList<>();
        JsonNode root = parse(body);
        Fields fields = new Fields(root, "", faults);
        var change = new NumberChange(
                fields.optionalText("label"),
                given(root, "active", fields.bool("active", true)),
                given(root, "config_override", Configs.read(fields, "config_override")),
                given(root, "own_concurrent_calls", fields.integer("own_concurrent_calls", 1, CallRates.MOST_CALLS)),
                given(root, "own_caller_rate", rate(fields, "own_caller_rate")),
                fields.integer("max_concurrent_calls", 1, CallRates.MOST_CALLS),
                given(root, "caller_rate", rate(fields, "caller_rate")),
                given(root, "agent_instance", fields.optionalText("agent_instance")),
                given(root, "announcement", AnnouncementForm.read(fields)));
        for (String field : List.of("label", "active", "max_concurrent_calls")) {
            if (root.path(field).isNull()) {
                fields.fault(field, "cannot be null: leave it out to keep it as it is");
            }
        }
        fields.nothingElse();
        return checked(change, faults);
    }

    /** @param reassign whether the number may be taken from another organisation */
    record Assigning(String organisation, boolean reassign, Optional<String> label, Optional<String> agentInstance) {}

    static Assigning assigned(byte[] body) throws FaultyFileException {
        List<Fault> faults = new ArrayList<>();
        Fields fields = new Fields(parse(body), "", faults);
        var assigning = new Assigning(
                fields.text("organisation", "the name of the organisation that gets the number"),
                fields.bool("reassign", false),
                fields.optionalText("label"),
                fields.optionalText("agent_instance"));
        fields.nothingElse();
        return checked(assigning, faults);
    }

    private static Optional<NumberView.Rate> rate(Fields fields, String field) {
        return CallRates.read(fields, field).map(NumberView.Rate::of);
    }

    /** Null is a value too: it removes the previous one. */
    private static <T> Optional<T> given(JsonNode root, String field, T value) {
        return root.has(field) ? Optional.of(value) : Optional.empty();
    }

    private static JsonNode parse(byte[] body) throws FaultyFileException {
        try {
            JsonNode root = EventJson.MAPPER.readTree(body);
            if (root instanceof ObjectNode object) {
                Comments.drop(object);
                List<Fault> faults = new ArrayList<>();
                Unstorable.find(object, "", faults);
                return checked(object, faults);
            }
        } catch (IOException e) {
            // As wrong as a body that is not an object.
        }
        throw FaultyFileException.at("", "write a JSON object");
    }

    private static <T> T checked(T read, List<Fault> faults) throws FaultyFileException {
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        return read;
    }
}
