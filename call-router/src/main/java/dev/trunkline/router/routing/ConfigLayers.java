package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AgentInstance;
import dev.trunkline.router.directory.ConfigMerge;
import java.util.Optional;

/** Merges the configurations that hold for a number: suite, organisation, agent instance, number; the later wins. */
final class ConfigLayers {
    private ConfigLayers() {}

    /** @param answered what a webhook lays over them; empty for nothing */
    static ObjectNode merge(Matched matched, SuiteDefaults suite, Optional<ObjectNode> answered, Trace trace) {
        Optional<AgentInstance> instance = matched.directory().agentInstanceOf(matched.number());
        ObjectNode organisations = matched.organisation().config();
        ObjectNode numbers = matched.number().configOverride();
        ObjectNode config = ConfigMerge.merge(suite.config(), organisations);
        if (instance.isPresent()) {
            config = ConfigMerge.merge(config, instance.get().config());
        }
        trace.add("config-merged", "Suite, then organisation %s (%s)%s, then number (%s)%s."
                .formatted(
                        matched.organisation().name(),
                        fields(organisations),
                        instance.map(layer -> ", then agent instance %s (%s)".formatted(layer.name(), fields(layer.config())))
                                .orElse(""),
                        fields(numbers),
                        answered.map(layer -> ", then the webhook's answer (%s)".formatted(fields(layer))).orElse("")));
        config = ConfigMerge.merge(config, numbers);
        return answered.isPresent() ? ConfigMerge.merge(config, answered.get()) : config;
    }

    private static String fields(ObjectNode config) {
        return config.isEmpty() ? "nothing set" : String.join(", ", (Iterable<String>) config::fieldNames);
    }
}
