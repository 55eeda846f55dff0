package dev.trunkline.router.outbound;

import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Destinations;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.TrunkAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An outbound trunk, as an operator writes it.
 *
 * @param organisation its name; empty for the suite's
 * @param inboundTrunk name of the trunk to which calls from its gateways belong; empty for none
 */
public record OutboundDefinition(
        String name,
        Optional<String> organisation,
        Optional<String> inboundTrunk,
        Optional<TrunkAccount> account,
        Terms terms) {

    /** What the edges need to know; each as in {@link OutboundTrunk}. */
    public record Terms(
            List<TrunkGateway> gateways,
            Optional<TrunkGateway> proxy,
            Optional<TrunkRegistration> registration,
            CallerIdPolicy callerId,
            Dialling dialling,
            List<String> codecs,
            SrtpUse srtp,
            OptionalInt callsAtOnce,
            OptionalInt callsPerSecond,
            Optional<Destinations> allowed,
            Optional<Destinations> forbidden,
            Map<String, String> attributesToHeaders) {

        public Terms {
            gateways = List.copyOf(gateways);
            codecs = List.copyOf(codecs);
            attributesToHeaders = Map.copyOf(attributesToHeaders);
        }
    }

    /**
     * @param organisationRef the organisation that owns it
     * @param inboundId id of the inbound trunk
     * @param seals for the account, which only the edges may read
     */
    public OutboundTrunk forEdge(
            String id, Optional<OrganisationRef> organisationRef, Optional<String> inboundId, SealedTrunkAccounts seals) {
        return trunk(id, organisationRef, inboundId, account.map(known -> seals.seal(id, known)));
    }

    /** Returns the form on which a decision on an outbound call is based; parameters as in {@link #forEdge}. */
    public OutboundTrunk withoutAccount(String id, Optional<OrganisationRef> organisationRef, Optional<String> inboundId) {
        return trunk(id, organisationRef, inboundId, Optional.empty());
    }

    private OutboundTrunk trunk(
            String id, Optional<OrganisationRef> organisationRef, Optional<String> inboundId, Optional<String> sealedAccount) {
        return new OutboundTrunk(
                id, name, organisationRef, terms.gateways(), terms.proxy(), inboundId, sealedAccount, terms.registration(),
                terms.callerId(), terms.dialling(), terms.codecs(), terms.srtp(), terms.callsAtOnce(), terms.callsPerSecond(),
                terms.allowed(), terms.forbidden(),
                Optional.of(terms.attributesToHeaders()).filter(pairs -> !pairs.isEmpty()));
    }
}
