package dev.trunkline.router.dialling;

import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.destinations.Reached;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trunks that an organisation may use for outbound calls.
 *
 * @param own the organisation's, by name
 * @param suites the suite's, which everyone may use, by name
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

    /** Returns those that are considered if no trunk was named. */
    List<OutboundTrunk> preferred() {
        return own.isEmpty() ? suites : own;
    }

    /** Returns those that lead back to the source of a trunk's calls: linked with it, or that trunk itself. @param trunk its id */
    List<OutboundTrunk> backTo(String trunk) {
        return all().stream()
                .filter(one -> one.inbound().filter(trunk::equals).isPresent() || one.id().equals(trunk))
                .toList();
    }

    /**
     * Returns those that have a host as a gateway's or as their own domain: the organisation's, or if it has none, the
     * suite's.
     *
     * @param host in lower case
     */
    List<OutboundTrunk> at(String host) {
        List<OutboundTrunk> ofOwn = own.stream().filter(trunk -> Reached.hosts(trunk).contains(host)).toList();
        return ofOwn.isEmpty() ? suites.stream().filter(trunk -> Reached.hosts(trunk).contains(host)).toList() : ofOwn;
    }

    /** Returns all trunks, the named one first: for an emergency call, any of them will do. */
    List<OutboundTrunk> forHelp(Optional<String> name) {
        return Stream.concat(name.flatMap(this::named).stream(), all().stream()).distinct().toList();
    }
}
