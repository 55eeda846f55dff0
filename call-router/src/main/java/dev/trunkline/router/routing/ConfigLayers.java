package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AgentInstance;
import dev.trunkline.router.directory.ConfigMerge;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import java.util.Optional;

/**
 * Merges the configurations that apply to a number: suite, organisation, agent instance, number; a later one overrides
 * an earlier one. Their field {@code webhook} is for the router alone, because it holds a secret; neither agents nor
 * webhooks get it. A number that has a label adds it as {@code label}, so that an agent can say which line was called;
 * the number's own configuration may set another.
 */
public final class ConfigLayers {
    private static final String LABEL = "label";

    private ConfigLayers() {}

    /** @param answered the configuration from a webhook, merged over them; empty for nothing */
    static ObjectNode merge(Matched matched, SuiteDefaults suite, Optional<ObjectNode> answered, Trace trace) {
        Optional<AgentInstance> instance = matched.directory().agentInstanceOf(matched.number());
        ObjectNode organisations = matched.organisation().config();
        ObjectNode numbers = matched.number().configOverride();
        trace.add("config-merged", "Suite, then organisation %s (%s)%s, then number (%s)%s."
                .formatted(
                        matched.organisation().name(),
                        fields(organisations),
                        instance.map(layer -> ", then agent instance %s (%s)".formatted(layer.name(), fields(layer.config())))
                                .orElse(""),
                        fields(numbers),
                        answered.map(layer -> ", then the webhook's answer (%s)".formatted(fields(layer))).orElse("")));
        ObjectNode config = merge(matched, suite);
        return answered.isPresent() ? ConfigMerge.forCalls(ConfigMerge.merge(config, answered.get())) : config;
    }

    /** Returns the same before any webhook is asked. */
    static ObjectNode merge(Matched matched, SuiteDefaults suite) {
        return merge(matched.directory(), matched.organisation(), Optional.of(matched.number()), suite);
    }

    /** Returns the configuration for calls of an organisation, and of one of its numbers where they have one. */
    public static ObjectNode merge(
            Directory directory, Organisation organisation, Optional<PhoneNumber> entry, SuiteDefaults suite) {
        ObjectNode config = ConfigMerge.merge(suite.config(), organisation.config());
        if (entry.isEmpty()) {
            return ConfigMerge.forCalls(config);
        }
        PhoneNumber number = entry.get();
        Optional<AgentInstance> instance = directory.agentInstanceOf(number);
        if (instance.isPresent()) {
            config = ConfigMerge.merge(config, instance.get().config());
        }
        if (!number.label().isBlank()) {
            config = ConfigMerge.merge(config, config.objectNode().put(LABEL, number.label()));
        }
        return ConfigMerge.forCalls(ConfigMerge.merge(config, number.configOverride()));
    }

    /** Returns what the suite and the organisation configure for webhooks; lower layers have no say. */
    static JsonNode webhook(Matched matched, SuiteDefaults suite) {
        return ConfigMerge.merge(suite.config(), matched.organisation().config()).path(ConfigMerge.OF_THE_ROUTER);
    }

    private static String fields(ObjectNode config) {
        return config.isEmpty() ? "nothing set" : String.join(", ", (Iterable<String>) config::fieldNames);
    }
}
