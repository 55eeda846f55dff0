package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.directory.RuleTerms;
import java.util.List;

/** Writes what {@link TermsReader} reads. Fields with default values are left out, except those that people look for. */
final class TermsWriter {
    private TermsWriter() {}

    static void write(RuleTerms terms, ObjectNode json) {
        texts(terms.numbers(), json.putArray("numbers"));
        texts(terms.inboundNumbers(), json.putArray("inbound_numbers"));
        DestinationWriter.write(terms.destination(), json);
        agents(terms.agents(), json.putArray("agents"));
        json.put("metadata", terms.metadata());
        if (!terms.attributes().isEmpty()) {
            json.set("attributes", terms.attributes().deepCopy());
        }
        if (terms.hidePhoneNumber()) {
            json.put("hide_phone_number", true);
        }
        terms.pin().ifPresent(pin -> json.put("pin", pin));
        terms.agentPool().ifPresent(pool ->
                json.putObject("agent_pool").put("name", pool.name()).put("sessions", pool.sessions()));
        json.put("answer_policy", terms.answerPolicy().code());
        terms.waitFor().ifPresent(what -> json.put("wait_for", what.code()));
        json.put("patience_seconds", terms.patienceSeconds());
        terms.whenAgentLeaves().ifPresent(next -> json.put("when_agent_leaves", next.code()));
        terms.transferWay().ifPresent(way -> json.put("transfer_way", way.code()));
        if (terms.warm() > 0) {
            json.put("warm", terms.warm());
        }
        terms.announcement().ifPresent(choice -> json.set("announcement", AnnouncementForm.write(choice)));
        if (!terms.fallback().isEmpty()) {
            ArrayNode chain = json.putArray("fallback");
            terms.fallback().forEach(step -> fallback(step, chain.addObject()));
        }
    }

    static void agents(List<Agent> agents, ArrayNode onto) {
        agents.forEach(agent -> onto.addObject().put("name", agent.name()).put("metadata", agent.metadata()));
    }

    private static void fallback(Fallback step, ObjectNode json) {
        if (step.kind() == FallbackKind.REFUSE) {
            json.put(step.kind().code(), Integer.parseInt(step.target()));
            return;
        }
        json.put(step.kind().code(), step.target());
        if (!step.metadata().isEmpty()) {
            json.put("metadata", step.metadata());
        }
        step.outboundTrunk().ifPresent(name -> json.put("trunk", name));
        if (step.patienceSeconds() > 0) {
            json.put("patience_seconds", step.patienceSeconds());
        }
    }

    static void texts(List<String> texts, ArrayNode onto) {
        texts.forEach(onto::add);
    }
}
