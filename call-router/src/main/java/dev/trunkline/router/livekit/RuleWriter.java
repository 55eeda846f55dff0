package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes rules in the form of a directory file; fields with default values are left out.
 *
 * @param priorities of the rules that need one
 */
record RuleWriter(Optional<String> organisation, Map<LiveKitRule, Integer> priorities) {

    void write(List<LiveKitRule> rules, ArrayNode onto) {
        rules.forEach(rule -> write(rule, onto.addObject()));
    }

    private void write(LiveKitRule rule, ObjectNode item) {
        item.put("name", rule.name());
        organisation.ifPresent(name -> item.put("organisation", name));
        if (rule.wildcard()) {
            item.put("wildcard", true);
        }
        texts("trunks", rule.trunks(), item);
        texts("numbers", rule.numbers(), item);
        texts("inbound_numbers", rule.inboundNumbers(), item);
        item.put("type", rule.kind().type());
        item.put(rule.kind() == LiveKitRule.Kind.DIRECT ? "room_name" : "room_prefix", rule.room());
        if (rule.randomFlag()) {
            item.put(rule.kind() == LiveKitRule.Kind.CALLEE ? "randomize" : "no_randomness", true);
        }
        if (!rule.pin().isEmpty()) {
            item.put("pin", rule.pin());
        }
        if (!rule.agents().isEmpty()) {
            ArrayNode agents = item.putArray("agents");
            rule.agents().forEach(agent -> agents.addObject().put("name", agent.name()).put("metadata", agent.metadata()));
        }
        if (!rule.metadata().isEmpty()) {
            item.put("metadata", rule.metadata());
        }
        if (!rule.attributes().isEmpty()) {
            ObjectNode attributes = item.putObject("attributes");
            rule.attributes().forEach(attributes::put);
        }
        if (rule.hidePhoneNumber()) {
            item.put("hide_phone_number", true);
        }
        if (!rule.waitFor().isEmpty()) {
            item.put("wait_for", rule.waitFor());
        }
        if (!rule.whenAgentLeaves().isEmpty()) {
            item.put("when_agent_leaves", rule.whenAgentLeaves());
        }
        Optional.ofNullable(priorities.get(rule)).ifPresent(priority -> item.put("priority", priority));
    }

    private static void texts(String field, List<String> texts, ObjectNode onto) {
        if (!texts.isEmpty()) {
            ArrayNode list = onto.putArray(field);
            texts.forEach(list::add);
        }
    }
}
