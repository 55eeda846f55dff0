package dev.trunkline.router.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.trunkline.router.fields.Comments;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.outbound.OutboundReader;
import dev.trunkline.router.rules.AnnouncementForm;
import dev.trunkline.router.rules.LongestRinging;
import dev.trunkline.router.rules.RuleDefinition;
import dev.trunkline.router.rules.RuleDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a directory file, YAML or JSON (which is YAML too), and names everything that is wrong with it. Thread-safe. */
public final class DirectoryFileReader {
    private final boolean trunklessAreWildcards;
    private final LongestRinging longestRinging;
    /** The words of YAML 1.1 for booleans are texts here, as in YAML 1.2: a trunk may be in {@code NO}, and SRTP {@code off}. */
    private final ObjectMapper yaml = YAMLMapper.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** Creates a reader for which rules that name no trunk must say {@code wildcard: true}. */
    public DirectoryFileReader() {
        this(false, LongestRinging.USUAL);
    }

    /**
     * @param trunklessAreWildcards whether rules that name no trunk are wildcards, with a warning, even without saying
     *     so
     * @param longestRinging the limit for a rule's wait before the answer
     */
    public DirectoryFileReader(boolean trunklessAreWildcards, LongestRinging longestRinging) {
        this.trunklessAreWildcards = trunklessAreWildcards;
        this.longestRinging = longestRinging;
    }

    public DirectoryFile read(String text) throws FaultyFileException {
        return read(parse(text));
    }

    /** @param document is not changed */
    public DirectoryFile read(JsonNode document) throws FaultyFileException {
        JsonNode root = document.deepCopy();
        Comments.drop(root);
        List<Fault> faults = new ArrayList<>();
        List<Fault> warnings = new ArrayList<>();
        Unstorable.find(root, "", faults);
        if (trunklessAreWildcards) {
            letTrunklessBeWildcards(root, warnings);
        }
        Fields file = new Fields(root, "", faults);
        List<DirectoryFile.OrganisationEntry> organisations =
                file.objects("organisations").stream().map(DirectoryFileReader::organisation).toList();
        var read = new DirectoryFile(
                organisations,
                file.objects("numbers").stream().map(DirectoryFileReader::freeNumber).toList(),
                file.objects("trunks").stream().map(TrunkReader::read).toList(),
                file.objects("outbound_trunks").stream().map(OutboundReader::read).toList(),
                file.objects("rules").stream().map(this::rule).toList(),
                warnings,
                unlimited(organisations, root));
        file.nothingElse();
        Duplicates.find(read, faults);
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        return read;
    }

    private RuleDefinition rule(Fields fields) {
        RuleDefinition rule = RuleDefinitions.read(fields);
        longestRinging.check(fields, rule.terms());
        return rule;
    }

    /** The default is one call at a time, and an author who left the field out may not know that. */
    private static Set<String> unlimited(List<DirectoryFile.OrganisationEntry> organisations, JsonNode root) {
        Set<String> unlimited = new LinkedHashSet<>();
        for (int i = 0; i < organisations.size(); i++) {
            List<DirectoryFile.NumberEntry> numbers = organisations.get(i).numbers();
            for (int j = 0; j < numbers.size(); j++) {
                if (!root.path("organisations").path(i).path("numbers").path(j).hasNonNull("max_concurrent_calls")) {
                    unlimited.add(numbers.get(j).phoneNumber());
                }
            }
        }
        return unlimited;
    }

    /** Parses a document without interpreting it, for {@link #read(JsonNode)}. */
    public JsonNode parse(String text) throws FaultyFileException {
        try {
            JsonNode root = yaml.readTree(text);
            if (root == null || root.isMissingNode() || root.isNull()) {
                throw FaultyFileException.at("", "the file is empty: write organisations, numbers, trunks, outbound_trunks or rules");
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

    private static void letTrunklessBeWildcards(JsonNode root, List<Fault> warnings) {
        JsonNode rules = root.path("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof ObjectNode rule && rule.path("trunks").isEmpty() && !rule.has("wildcard")) {
                rule.put("wildcard", true);
                warnings.add(new Fault("rules[" + i + "]", "names no trunk and therefore takes the calls of every trunk: write"
                        + " `wildcard: true` if that is meant, or trunks"));
            }
        }
    }

    private static DirectoryFile.OrganisationEntry organisation(Fields fields) {
        var organisation = new DirectoryFile.OrganisationEntry(
                fields.text("name", "the organisation's name"),
                Configs.read(fields, "config"),
                fields.integer("max_concurrent_calls", 1, CallRates.MOST_CALLS),
                CallRates.read(fields, "caller_rate"),
                fields.objects("agent_instances").stream().map(DirectoryFileReader::agentInstance).toList(),
                fields.objects("numbers").stream().map(DirectoryFileReader::number).toList());
        fields.nothingElse();
        return organisation;
    }

    private static DirectoryFile.AgentInstanceEntry agentInstance(Fields fields) {
        var instance = new DirectoryFile.AgentInstanceEntry(
                fields.text("name", "the agent instance's name, unique in its organisation"), Configs.read(fields, "config"));
        fields.nothingElse();
        return instance;
    }

    private static DirectoryFile.NumberEntry freeNumber(Fields fields) {
        DirectoryFile.NumberEntry number = number(fields);
        if (number.agentInstance().isPresent()) {
            fields.fault("agent_instance", "a number without an organisation has no agent instance: move it below its organisation");
        }
        return number;
    }

    private static DirectoryFile.NumberEntry number(Fields fields) {
        var number = new DirectoryFile.NumberEntry(
                PhoneNumbers.read(fields, "phone_number"),
                fields.optionalText("label").orElse(""),
                fields.bool("active", true),
                fields.optionalText("agent_instance").filter(text -> !text.isEmpty()),
                Configs.read(fields, "config_override"),
                fields.integer("max_concurrent_calls", 1, CallRates.MOST_CALLS).orElse(1),
                CallRates.read(fields, "caller_rate"),
                AnnouncementForm.read(fields));
        fields.nothingElse();
        return number;
    }
}
