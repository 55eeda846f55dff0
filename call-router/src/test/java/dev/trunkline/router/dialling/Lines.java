package dev.trunkline.router.dialling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.outbound.OutboundReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Organisations {@code bakery} and {@code cinema}, and the outbound trunks of a test. */
final class Lines {
    static final OrganisationRef BAKERY = new OrganisationRef("bakery-id", "bakery");
    static final OrganisationRef CINEMA = new OrganisationRef("cinema-id", "cinema");
    static final String CARRIER = "{'name':'carrier','gateways':[{'host':'sip.carrier.example'}],'dialling':{'country':'BE'}}";

    private final List<OutboundTrunk> trunks = new ArrayList<>();
    private String bakeryConfig = "{}";
    private ObjectNode suiteConfig = JsonNodeFactory.instance.objectNode();

    /** Returns the suite's trunk for Belgium. */
    static Lines carrier() {
        return new Lines().with(CARRIER);
    }

    /** Returns one trunk of the suite. */
    static Lines of(String trunk) {
        return new Lines().with(trunk);
    }

    Lines with(String trunk) {
        return with(trunk, Optional.empty());
    }

    Lines with(String trunk, OrganisationRef owner) {
        return with(trunk, Optional.of(owner));
    }

    private Lines with(String trunk, Optional<OrganisationRef> owner) {
        List<Fault> faults = new ArrayList<>();
        var definition = OutboundReader.read(new Fields(json(trunk), "", faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.toString());
        }
        trunks.add(definition.withoutAccount(definition.name() + "-id", owner, Optional.empty()));
        return this;
    }

    Lines bakeryConfig(String config) {
        bakeryConfig = config;
        return this;
    }

    Lines suiteConfig(String config) {
        suiteConfig = json(config);
        return this;
    }

    Directory directory() {
        return Directory.of(
                1,
                List.of(
                        new Organisation(BAKERY.id(), BAKERY.name(), json(bakeryConfig), OptionalInt.empty(), Optional.empty()),
                        new Organisation(CINEMA.id(), CINEMA.name(), json("{}"), OptionalInt.empty(), Optional.empty())),
                List.of(), List.of(), List.of(), List.of(),
                trunks.stream().sorted(Comparator.comparing(OutboundTrunk::name)).toList());
    }

    DialDecision decide(DialRequest request) {
        return new Dialler(suiteConfig).decide(request, directory());
    }

    DialDecision call(String to) {
        return decide(request(to, Optional.empty()));
    }

    DialDecision callBy(String trunk, String to) {
        return decide(request(to, Optional.of(trunk)));
    }

    DialDecision.Dial dialled(String to) {
        return (DialDecision.Dial) call(to);
    }

    DialDecision.Refuse refused(String to) {
        return (DialDecision.Refuse) call(to);
    }

    static DialRequest request(String to, Optional<String> trunk) {
        return new DialRequest(BAKERY, to, trunk, Optional.of("+3225550100"), Optional.empty());
    }

    static ObjectNode json(String text) {
        try {
            return EventJson.MAPPER.readValue(text.replace('\'', '"'), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
