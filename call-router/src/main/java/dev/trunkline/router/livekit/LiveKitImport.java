package dev.trunkline.router.livekit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.fields.Comments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Translates the JSON of LiveKit's CreateSIPDispatchRule, CreateSIPInboundTrunk and CreateSIPOutboundTrunk requests, one or a
 * list of them, or the answer of its List requests ({@code items}), into a directory file. {@code _comment} is ignored at any depth.
 */
public final class LiveKitImport {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String WHAT_TO_WRITE =
            "write a CreateSIPDispatchRule request, {\"dispatch_rule\": {\"rule\": ...}}, or a CreateSIPInboundTrunk request, {\"trunk\": {...}}";

    private final ImportOptions options;
    private final Remarks remarks = new Remarks();
    private final TrunkNames names;
    private final ObjectNode file = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> places = new HashMap<>();

    private LiveKitImport(ImportOptions options) {
        this.options = options;
        this.names = new TrunkNames(options, remarks);
    }

    /**
     * @throws FaultyFileException with the path of each field at fault, in the file that was read, and what to write
     */
    public static Translation translate(String json, ImportOptions options) throws FaultyFileException {
        JsonNode root = parse(json);
        Comments.drop(root);
        var translation = new LiveKitImport(options);
        translation.read(Request.all(root, translation.remarks));
        if (!translation.remarks.faults().isEmpty()) {
            throw new FaultyFileException(translation.remarks.faults());
        }
        return new Translation(translation.file, translation.places, translation.remarks.warnings());
    }

    private void read(List<Request> requests) {
        // Trunks first, because rules of the same file may refer to them.
        List<Request> trunks = requests.stream().filter(request -> request.kind() == Request.Kind.TRUNK).toList();
        ArrayNode trunkItems = file.putArray("trunks");
        trunks.forEach(request -> {
            places.put("trunks[" + trunkItems.size() + "]", request.body().path());
            trunk(request.body(), trunks.size() == 1, trunkItems.addObject());
        });
        List<Request> outbound = requests.stream().filter(request -> request.kind() == Request.Kind.OUTBOUND_TRUNK).toList();
        if (!outbound.isEmpty()) {
            ArrayNode items = file.putArray("outbound_trunks");
            outbound.forEach(request -> {
                places.put("outbound_trunks[" + items.size() + "]", request.body().path());
                OutboundTrunkReader.read(request.body(), options.organisation(), items.addObject());
            });
        }
        var reader = new DispatchRuleReader(names);
        List<LiveKitRule> rules = new ArrayList<>();
        for (Request request : requests) {
            Optional<LiveKitRule> rule = switch (request.kind()) {
                case TRUNK, OUTBOUND_TRUNK -> Optional.empty();
                case WRAPPED_RULE -> reader.wrapped(request.body(), request.wildcardBeside());
                case FLAT_RULE -> reader.flat(request.body());
            };
            rule.ifPresent(read -> {
                places.put("rules[" + rules.size() + "]", read.path());
                rules.add(read);
            });
        }
        if (remarks.faults().isEmpty() && trunks.isEmpty() && outbound.isEmpty() && rules.isEmpty()) {
            remarks.fault("", "nothing stands here: " + WHAT_TO_WRITE);
        }
        new RuleWriter(options.organisation(), RuleOrder.priorities(rules, remarks)).write(rules, file.putArray("rules"));
    }

    /** @param alone whether it is the only trunk in the file, to which the name in the request then applies */
    private void trunk(Message trunk, boolean alone, ObjectNode onto) {
        String id = trunk.text("sip_trunk_id");
        String given = trunk.text("name");
        Optional<String> ours = Optional.ofNullable(options.trunkNames().get(id))
                .or(() -> alone ? options.trunk() : Optional.empty());
        String name = ours.orElse(given);
        if (name.isEmpty()) {
            trunk.fault("name", "is missing: write the trunk's name, or import with trunk=NAME (--trunk NAME)");
        } else if (!given.isEmpty() && !given.equals(name)) {
            trunk.warn("name", "%s is called %s here, as you said".formatted(given, name));
        }
        names.add(id, name);
        InboundTrunkReader.read(trunk, name, onto);
    }

    private static JsonNode parse(String json) throws FaultyFileException {
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || root.isMissingNode() || root.isNull()) {
                throw FaultyFileException.at("", "the file is empty: " + WHAT_TO_WRITE);
            }
            return root;
        } catch (JsonProcessingException e) {
            // The parser's message quotes the file, which may contain a password.
            String place = Optional.ofNullable(e.getLocation())
                    .map(location -> "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()))
                    .orElse("an unknown place");
            throw FaultyFileException.at("", "no JSON at " + place + ": LiveKit's files are JSON, each field once, texts in double quotes");
        }
    }
}
