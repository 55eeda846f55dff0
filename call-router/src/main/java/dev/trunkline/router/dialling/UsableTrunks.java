package dev.trunkline.router.dialling;

import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.destinations.Reached;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trunks that an organisation may call out by.
 *
 * @param own the organisation's, by name
 * @param suites everybody's, by name
 */
record UsableTrunks(List<OutboundTrunk> own, List<OutboundTrunk> suites) {

    static UsableTrunks of(List<OutboundTrunk> all, OrganisationRef organisation) {
        return new UsableTrunks(
                all.stream().filter(trunk -> trunk.organisation().map(OrganisationRef::id).filter(organisation.id()::equals).isPresent()).toList(),
                all.stream().filter(trunk -> trunk.organisation().isEmpty()).toList());
    }

    List<OutboundTrunk> all() {
        return Stream.concat(own.stream(), suites.stream()).toList();
    }

    Optional<OutboundTrunk> named(String name) {
        return all().stream().filter(trunk -> trunk.name().equals(name)).findFirst();
    }

    /** Those that are asked where nobody named one. */
    List<OutboundTrunk> preferred() {
        return own.isEmpty() ? suites : own;
    }

    /** Those that lead where calls of a trunk come from: linked with it, or that trunk itself. @param trunk its id */
    List<OutboundTrunk> backTo(String trunk) {
        return all().stream()
                .filter(one -> one.inbound().filter(trunk::equals).isPresent() || one.id().equals(trunk))
                .toList();
    }

    /** Those that have a host as a gateway's or as their own domain: the organisation's, and where it has none the suite's. @param host in lower case */
    List<OutboundTrunk> at(String host) {
        List<OutboundTrunk> ofOwn = own.stream().filter(trunk -> Reached.hosts(trunk).contains(host)).toList();
        return ofOwn.isEmpty() ? suites.stream().filter(trunk -> Reached.hosts(trunk).contains(host)).toList() : ofOwn;
    }

    /** All, that which was named first: whoever calls for help does not care. */
    List<OutboundTrunk> forHelp(Optional<String> name) {
        return Stream.concat(name.flatMap(this::named).stream(), all().stream()).distinct().toList();
    }
}
