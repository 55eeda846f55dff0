package dev.trunkline.edge.outbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.TrunkAccount;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads the compacted topic of outbound trunks, record by record. */
final class OutboundReader {
    private static final Logger LOG = Logger.getLogger(OutboundReader.class);

    private final ObjectMapper json;
    private final SealedTrunkAccounts seals;

    OutboundReader(ObjectMapper json, SealedTrunkAccounts seals) {
        this.json = json;
        this.seals = seals;
    }

    /** @return empty for a record that is no trunk, which is ignored */
    Optional<KnownOutbound> read(ConsumerRecord<String, byte[]> message) {
        try {
            OutboundTrunk trunk = json.readValue(message.value(), OutboundTrunk.class);
            var known = new KnownOutbound(bare(trunk), account(trunk));
            // Values that the stack would reject are found here, and not when a call is placed.
            known.gateways();
            return Optional.of(known);
        } catch (IOException | RuntimeException e) {
            LOG.errorf("outbound trunk=%s the record is not a trunk and is ignored", message.key());
            return Optional.empty();
        }
    }

    /** Without the seal, which differs each time that the same trunk is announced. */
    private static OutboundTrunk bare(OutboundTrunk trunk) {
        return new OutboundTrunk(
                trunk.id(), trunk.name(), trunk.organisation(), trunk.gateways(), trunk.proxy(), trunk.inbound(), Optional.empty(),
                trunk.registration(), trunk.callerId(), trunk.dialling(), trunk.codecs(), trunk.srtp(), trunk.callsAtOnce(),
                trunk.callsPerSecond(), trunk.allowed(), trunk.forbidden(), trunk.attributesToHeaders());
    }

    private Optional<TrunkAccount> account(OutboundTrunk trunk) {
        try {
            return trunk.sealedAccount().map(sealed -> seals.open(trunk.id(), sealed));
        } catch (SealBrokenException e) {
            LOG.errorf("outbound trunk=%s cannot authenticate because its account cannot be read: %s", trunk.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
