package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.DigestUser;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.fields.AttributesToHeaders;
import dev.trunkline.router.outbound.OutboundForm;
import dev.trunkline.router.rules.AnnouncementForm;
import dev.trunkline.router.rules.RuleDefinitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes what {@link DirectoryFileReader} reads, each item always in the same form, so that two items can be compared. */
final class DirectoryForm {
    private DirectoryForm() {}

    static ObjectNode file(DirectoryFile file) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode organisations = json.putArray("organisations");
        file.organisations().forEach(entry -> {
            ObjectNode organisation = organisation(entry);
            ArrayNode instances = organisation.putArray("agent_instances");
            entry.agentInstances().forEach(instance -> instances.add(agentInstance(instance)));
            ArrayNode numbers = organisation.putArray("numbers");
            entry.numbers().forEach(number -> numbers.add(number(number)));
            organisations.add(organisation);
        });
        ArrayNode numbers = json.putArray("numbers");
        file.numbers().forEach(number -> numbers.add(number(number)));
        ArrayNode trunks = json.putArray("trunks");
        file.trunks().forEach(trunk -> trunks.add(trunk(trunk)));
        ArrayNode outbound = json.putArray("outbound_trunks");
        file.outboundTrunks().forEach(trunk -> outbound.add(OutboundForm.write(trunk)));
        ArrayNode rules = json.putArray("rules");
        file.rules().forEach(rule -> rules.add(RuleDefinitions.write(rule)));
        return json;
    }

    /** Writes an organisation without its agent instances and numbers, which are items of their own. */
    static ObjectNode organisation(DirectoryFile.OrganisationEntry organisation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", organisation.name());
        json.set("config", organisation.config().deepCopy());
        organisation.maxConcurrentCalls().ifPresent(calls -> json.put("max_concurrent_calls", calls));
        callRate(organisation.callerRate(), json);
        return json;
    }

    static ObjectNode agentInstance(DirectoryFile.AgentInstanceEntry instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", instance.name());
        json.set("config", instance.config().deepCopy());
        return json;
    }

    static ObjectNode number(DirectoryFile.NumberEntry number) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("phone_number", number.phoneNumber());
        json.put("label", number.label());
        json.put("active", number.active());
        number.agentInstance().ifPresent(instance -> json.put("agent_instance", instance));
        json.set("config_override", number.configOverride().deepCopy());
        json.put("max_concurrent_calls", number.maxConcurrentCalls());
        callRate(number.callerRate(), json);
        number.announcement().ifPresent(choice -> json.set("announcement", AnnouncementForm.write(choice)));
        return json;
    }

    static ObjectNode trunk(InboundTrunk trunk) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", trunk.name());
        texts("addresses", trunk.addresses(), json);
        trunk.country().ifPresent(country -> json.put("country", country));
        texts("headers_to_room", trunk.headersToRoom(), json);
        texts("numbers", trunk.numbers(), json);
        texts("allowed_numbers", trunk.allowedNumbers(), json);
        texts("international_prefixes", trunk.internationalPrefixes(), json);
        texts("national_prefixes", trunk.nationalPrefixes(), json);
        texts("called_from", trunk.calledFrom(), json);
        texts("caller_from", trunk.callerFrom(), json);
        texts("transports", trunk.transports(), json);
        texts("codecs", trunk.codecs(), json);
        json.set("users", users(trunk.users()));
        trunk.maxInvitesPerSecond().ifPresent(calls -> json.put("max_invites_per_second", calls));
        trunk.maxEarlyCalls().ifPresent(calls -> json.put("max_early_calls", calls));
        if (trunk.mediaFrom() != MediaFrom.SIGNALLING) {
            json.put("media_from", trunk.mediaFrom().code());
        }
        if (trunk.trialCalls()) {
            json.put("trial_calls", true);
        }
        trunk.transferWay().ifPresent(way -> json.put("transfer_way", way.code()));
        if (!trunk.attributesToHeaders().isEmpty()) {
            json.set(AttributesToHeaders.FIELD, pairs(trunk.attributesToHeaders()));
        }
        return json;
    }

    /** Writes pairs sorted by name, whatever order they were written in. */
    static ObjectNode pairs(Map<String, String> pairs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(pairs).forEach(json::put);
        return json;
    }

    static ArrayNode users(List<DigestUser> users) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        users.forEach(user -> {
            ObjectNode item = json.addObject().put("username", user.username()).put("realm", user.realm());
            user.ha1Md5().ifPresent(digest -> item.put("ha1_md5", digest));
            user.ha1Sha256().ifPresent(digest -> item.put("ha1_sha256", digest));
        });
        return json;
    }

    private static void callRate(Optional<CallRate> rate, ObjectNode json) {
        rate.ifPresent(given -> json.putObject("caller_rate")
                .put("calls", given.calls())
                .put("window_seconds", given.windowSeconds()));
    }

    private static void texts(String field, List<String> texts, ObjectNode json) {
        ArrayNode array = json.putArray(field);
        texts.forEach(array::add);
    }
}
