package dev.trunkline.router.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.NumberPatterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a directory file, YAML or JSON (which is YAML too), and names everything that is wrong with it. Thread-safe. */
public final class DirectoryFileReader {
    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_WINDOW_SECONDS = 30 * 24 * 3600;
    private static final int MOST_PATIENCE_SECONDS = 600;
    private static final int DEFAULT_PATIENCE_SECONDS = 30;
    private static final int MOST_PRIORITY = 1_000_000;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final ObjectMapper yaml = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    public DirectoryFile read(String text) throws FaultyFileException {
        JsonNode root = parse(text);
        dropComments(root);
        List<Fault> faults = new ArrayList<>();
        Fields file = new Fields(root, "", faults);
        var read = new DirectoryFile(
                file.objects("organisations").stream().map(DirectoryFileReader::organisation).toList(),
                file.objects("trunks").stream().map(DirectoryFileReader::trunk).toList(),
                file.objects("rules").stream().map(DirectoryFileReader::rule).toList());
        file.nothingElse();
        Duplicates.find(read, faults);
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        return read;
    }

    private JsonNode parse(String text) throws FaultyFileException {
        try {
            JsonNode root = yaml.readTree(text);
            if (root == null || root.isMissingNode() || root.isNull()) {
                throw FaultyFileException.at("", "the file is empty: write organisations, trunks or rules");
            }
            return root;
        } catch (JsonProcessingException e) {
            String place = Optional.ofNullable(e.getLocation())
                    .map(location -> "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()))
                    .orElse("an unknown place");
            String problem = e.getOriginalMessage().lines().findFirst().orElse("not readable");
            throw FaultyFileException.at("", "neither YAML nor JSON at %s: %s".formatted(place, problem));
        }
    }

    /** Operators annotate JSON files with {@code _comment} fields. */
    private static void dropComments(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.remove("_comment");
                object.forEach(DirectoryFileReader::dropComments);
            }
            case ArrayNode array -> array.forEach(DirectoryFileReader::dropComments);
            default -> {}
        }
    }

    private static DirectoryFile.OrganisationEntry organisation(Fields fields) {
        var organisation = new DirectoryFile.OrganisationEntry(
                fields.text("name", "the organisation's name"),
                fields.json("config"),
                fields.integer("max_concurrent_calls", 1, MOST_CALLS),
                callRate(fields),
                fields.objects("numbers").stream().map(DirectoryFileReader::number).toList());
        fields.nothingElse();
        return organisation;
    }

    private static DirectoryFile.NumberEntry number(Fields fields) {
        var number = new DirectoryFile.NumberEntry(
                phoneNumber(fields),
                fields.optionalText("label").orElse(""),
                fields.bool("active", true),
                fields.json("config_override"),
                fields.integer("max_concurrent_calls", 1, MOST_CALLS).orElse(1),
                callRate(fields));
        fields.nothingElse();
        return number;
    }

    private static String phoneNumber(Fields fields) {
        Optional<String> written = fields.optionalText("phone_number");
        Optional<String> known = written.flatMap(PhoneNumbers::e164);
        if (known.isEmpty()) {
            fields.fault("phone_number", "write the number in E.164, in quotes, for example \"+3225550100\"");
        }
        return known.orElse("");
    }

    private static DirectoryFile.TrunkEntry trunk(Fields fields) {
        List<String> addresses = new ArrayList<>();
        List<String> written = fields.texts("addresses");
        for (int i = 0; i < written.size(); i++) {
            try {
                addresses.add(Network.parse(written.get(i)));
            } catch (IllegalArgumentException e) {
                fields.fault("addresses[" + i + "]", e.getMessage());
            }
        }
        var trunk = new DirectoryFile.TrunkEntry(
                fields.text("name", "the trunk's name"),
                addresses,
                country(fields),
                fields.texts("headers_to_room"),
                NumberPatterns.read(fields, "numbers"),
                NumberPatterns.read(fields, "allowed_numbers"));
        if (written.isEmpty() && trunk.numbers().isEmpty()) {
            fields.fault("addresses", "a trunk needs a gate, else anybody could call through it: write addresses"
                    + " (the networks that it sends from) or numbers (the dialled numbers that it may bring)");
        }
        fields.nothingElse();
        return trunk;
    }

    private static Optional<String> country(Fields fields) {
        Optional<String> country = fields.optionalText("country").filter(text -> !text.isEmpty());
        if (country.isPresent() && !COUNTRIES.contains(country.get())) {
            fields.fault("country", "write the two letters of ISO 3166, for example BE, or leave it out where numbers come in E.164");
        }
        return country;
    }

    private static DirectoryFile.RuleEntry rule(Fields fields) {
        List<String> trunks = fields.texts("trunks");
        boolean wildcard = fields.bool("wildcard", false);
        if (trunks.isEmpty() && !wildcard) {
            fields.fault("trunks", "write the names of the trunks whose calls the rule may take, or `wildcard: true` for those of every trunk");
        } else if (!trunks.isEmpty() && wildcard) {
            fields.fault("wildcard", "a rule names trunks or is a wildcard, not both: leave one out");
        }
        var rule = new DirectoryFile.RuleEntry(
                fields.text("name", "the rule's name"),
                fields.optionalText("organisation"),
                trunks,
                NumberPatterns.read(fields, "numbers"),
                NumberPatterns.read(fields, "inbound_numbers"),
                room(fields),
                fields.objects("agents").stream().map(DirectoryFileReader::agent).toList(),
                fields.textOrJson("metadata"),
                answerPolicy(fields),
                fields.integer("patience_seconds", 1, MOST_PATIENCE_SECONDS).orElse(DEFAULT_PATIENCE_SECONDS),
                fields.integer("priority", -MOST_PRIORITY, MOST_PRIORITY).orElse(0));
        fields.nothingElse();
        return rule;
    }

    private static RoomChoice room(Fields fields) {
        String type = fields.optionalText("type").orElse("");
        Optional<String> prefix = fields.optionalText("room_prefix").filter(text -> !text.isEmpty());
        Optional<String> name = fields.optionalText("room_name").filter(text -> !text.isEmpty());
        switch (type) {
            case "individual", "callee" -> {
                if (name.isPresent()) {
                    fields.fault("room_name", "only a direct rule has it: write room_prefix");
                }
                return RoomChoice.of(type, prefix.orElse("call"));
            }
            case "direct" -> {
                if (name.isEmpty()) {
                    fields.fault("room_name", "is missing: write the name of the room");
                }
                if (prefix.isPresent()) {
                    fields.fault("room_prefix", "a direct rule has none: write room_name");
                }
                return new RoomChoice.Direct(name.orElse(""));
            }
            default -> {
                fields.fault("type", "write individual (a room for each call), direct (one room) or callee (a room for each dialled number)");
                return RoomChoice.of("individual", "call");
            }
        }
    }

    private static Agent agent(Fields fields) {
        var agent = new Agent(
                fields.text("name", "the name that the agent registers with"), fields.textOrJson("metadata"));
        fields.nothingElse();
        return agent;
    }

    private static AnswerPolicy answerPolicy(Fields fields) {
        String code = fields.optionalText("answer_policy").orElse(AnswerPolicy.ON_AGENT.code());
        Optional<AnswerPolicy> policy =
                Arrays.stream(AnswerPolicy.values()).filter(known -> known.code().equals(code)).findFirst();
        if (policy.isEmpty()) {
            fields.fault("answer_policy", "write " + Arrays.stream(AnswerPolicy.values())
                    .map(AnswerPolicy::code)
                    .collect(Collectors.joining(" or ")));
        }
        return policy.orElse(AnswerPolicy.ON_AGENT);
    }

    private static Optional<CallRate> callRate(Fields fields) {
        return fields.object("caller_rate").flatMap(rate -> {
            var calls = rate.integer("calls", 1, MOST_CALLS);
            var window = rate.integer("window_seconds", 1, MOST_WINDOW_SECONDS);
            rate.nothingElse();
            if (calls.isEmpty() || window.isEmpty()) {
                fields.fault("caller_rate", "write both, for example {calls: 10, window_seconds: 3600}");
                return Optional.empty();
            }
            return Optional.of(new CallRate(calls.getAsInt(), window.getAsInt()));
        });
    }
}
