package dev.trunkline.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An outbound trunk, as the edge needs it; travels on the compacted topic {@link Topics#OUTBOUND_TRUNKS}, and a tombstone
 * removes it.
 *
 * @param organisation its owner; empty for the suite's trunks, which all may use
 * @param gateways where calls go, at least one
 * @param proxy through which all requests to the gateways go; empty for none
 * @param inbound id of the {@link Trunk} to which calls from the gateways and from the proxy belong; empty if such calls
 *     belong to no trunk
 * @param sealedAccount {@link dev.trunkline.events.privacy.TrunkAccount}, sealed; empty if the gateways require no
 *     credentials
 * @param registration empty for a trunk that is not to be registered
 * @param callerId how the caller is presented to the other side
 * @param dialling how numbers are written
 * @param codecs names as in SDP, the first preferred; empty for the suite's
 * @param callsAtOnce empty for no limit
 * @param callsPerSecond new calls; empty for no limit
 * @param allowed destinations that it may call; empty for the trunk's own country
 * @param forbidden destinations that it may not call, even if {@code allowed} includes them
 * @param attributesToHeaders as {@link ParticipantSettings#attributesToHeaders} of its calls; empty for none
 */
public record OutboundTrunk(
        String id,
        String name,
        Optional<OrganisationRef> organisation,
        List<TrunkGateway> gateways,
        Optional<TrunkGateway> proxy,
        Optional<String> inbound,
        Optional<String> sealedAccount,
        Optional<TrunkRegistration> registration,
        CallerIdPolicy callerId,
        Dialling dialling,
        List<String> codecs,
        SrtpUse srtp,
        OptionalInt callsAtOnce,
        OptionalInt callsPerSecond,
        Optional<Destinations> allowed,
        Optional<Destinations> forbidden,
        Optional<Map<String, String>> attributesToHeaders) {

    public OutboundTrunk {
        organisation = organisation == null ? Optional.empty() : organisation;
        gateways = List.copyOf(gateways);
        proxy = proxy == null ? Optional.empty() : proxy;
        inbound = inbound == null ? Optional.empty() : inbound;
        sealedAccount = sealedAccount == null ? Optional.empty() : sealedAccount;
        registration = registration == null ? Optional.empty() : registration;
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        callsAtOnce = callsAtOnce == null ? OptionalInt.empty() : callsAtOnce;
        callsPerSecond = callsPerSecond == null ? OptionalInt.empty() : callsPerSecond;
        allowed = allowed == null ? Optional.empty() : allowed;
        forbidden = forbidden == null ? Optional.empty() : forbidden;
        attributesToHeaders = attributesToHeaders == null ? Optional.empty() : attributesToHeaders.map(Map::copyOf);
    }

    public TrunkRef ref() {
        return new TrunkRef(id, name);
    }
}
