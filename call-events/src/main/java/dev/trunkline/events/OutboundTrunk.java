package dev.trunkline.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A trunk that calls go out by, as the edge needs it; travels on the compacted topic {@link Topics#OUTBOUND_TRUNKS}, and a
 * tombstone removes it.
 *
 * @param organisation whose it is; empty for the suite's, which all may use
 * @param gateways where calls go, one at least
 * @param proxy through which everything goes that goes to them; empty for none
 * @param inbound id of the {@link Trunk} whose calls those are that come from the gateways and from the proxy; empty where
 *     such a call is nobody's
 * @param sealedAccount {@link dev.trunkline.events.privacy.TrunkAccount}, sealed; empty where the gateways ask for no
 *     credentials
 * @param registration empty for a trunk that is not to be registered
 * @param callerId who calls, as the other side is told
 * @param dialling how numbers are written
 * @param codecs names as in SDP, the first preferred; empty for the suite's
 * @param callsAtOnce empty for no limit
 * @param callsPerSecond new ones; empty for no limit
 * @param allowed where it may be called to; empty for the trunk's own country
 * @param forbidden where it may not, though {@code allowed} has it
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
