package dev.trunkline.router.outbound;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Destinations;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.privacy.TrunkAccount;
import dev.trunkline.router.fields.AttributesToHeaders;
import java.util.List;
import java.util.TreeMap;

/** Writes what {@link OutboundReader} reads, always in the same form, so that two trunks can be compared. */
public final class OutboundForm {
    private OutboundForm() {}

    public static ObjectNode write(OutboundDefinition trunk) {
        ObjectNode json = object().put("name", trunk.name());
        trunk.organisation().ifPresent(name -> json.put("organisation", name));
        trunk.inboundTrunk().ifPresent(name -> json.put("inbound_trunk", name));
        json.setAll(writeTerms(trunk.terms()));
        trunk.account().ifPresent(account -> json.set("account", write(account)));
        return json;
    }

    /** Writes everything except names and secrets. */
    public static ObjectNode writeTerms(OutboundDefinition.Terms terms) {
        ObjectNode json = object();
        var gateways = json.putArray("gateways");
        terms.gateways().forEach(gateway -> gateways.add(write(gateway)));
        terms.proxy().ifPresent(proxy -> json.set("outbound_proxy", write(proxy)));
        terms.registration().ifPresent(registration -> {
            json.put("register", true).put("register_expires_seconds", registration.expiresSeconds());
            registration.contactUser().ifPresent(user -> json.put("contact_user", user));
        });
        ObjectNode callerId = json.putObject("caller_id").put("in", terms.callerId().place().code());
        terms.callerId().number().ifPresent(number -> callerId.put("number", number));
        callerId.put("pass", terms.callerId().pass());
        terms.callerId().fromUser().ifPresent(user -> callerId.put("from_user", user));
        terms.callerId().fromDomain().ifPresent(domain -> callerId.put("from_domain", domain));
        ObjectNode dialling = json.putObject("dialling").put("form", terms.dialling().form().code());
        terms.dialling().country().ifPresent(country -> dialling.put("country", country));
        dialling.put("strip", terms.dialling().strip()).put("add", terms.dialling().add());
        terms.dialling().followsRedirects().ifPresent(follows -> dialling.put("follow_redirects", follows));
        texts(json, "codecs", terms.codecs());
        json.put("srtp", terms.srtp().code());
        terms.callsAtOnce().ifPresent(calls -> json.put("max_concurrent_calls", calls));
        terms.callsPerSecond().ifPresent(calls -> json.put("max_calls_per_second", calls));
        terms.allowed().ifPresent(allowed -> json.set("allowed", write(allowed)));
        terms.forbidden().ifPresent(forbidden -> json.set("forbidden", write(forbidden)));
        if (!terms.attributesToHeaders().isEmpty()) {
            ObjectNode headers = json.putObject(AttributesToHeaders.FIELD);
            new TreeMap<>(terms.attributesToHeaders()).forEach(headers::put);
        }
        return json;
    }

    public static ObjectNode write(TrunkAccount account) {
        ObjectNode json = object().put("username", account.username());
        account.password().ifPresent(password -> json.put("password", password));
        account.realm().ifPresent(realm -> json.put("realm", realm));
        account.ha1Md5().ifPresent(digest -> json.put("ha1_md5", digest));
        account.ha1Sha256().ifPresent(digest -> json.put("ha1_sha256", digest));
        return json;
    }

    private static ObjectNode write(TrunkGateway gateway) {
        ObjectNode json = object().put("host", gateway.host());
        gateway.port().ifPresent(port -> json.put("port", port));
        gateway.transport().ifPresent(transport -> json.put("transport", transport));
        return json.put("order", gateway.order()).put("weight", gateway.weight());
    }

    private static ObjectNode write(Destinations destinations) {
        ObjectNode json = object();
        texts(json, "countries", destinations.countries());
        texts(json, "prefixes", destinations.prefixes());
        return json;
    }

    private static void texts(ObjectNode json, String field, List<String> texts) {
        var array = json.putArray(field);
        texts.forEach(array::add);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
