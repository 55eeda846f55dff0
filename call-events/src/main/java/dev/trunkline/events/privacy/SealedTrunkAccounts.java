package dev.trunkline.events.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.Objects;

/** Seals and opens the {@link TrunkAccount} of {@code OutboundTrunk.sealedAccount}, bound to the trunk's id. Thread-safe. */
public final class SealedTrunkAccounts {
    private final Sealer sealer;

    public SealedTrunkAccounts(Sealer sealer) {
        this.sealer = sealer;
    }

    public String seal(String trunkId, TrunkAccount account) {
        try {
            return sealer.seal(boundTo(trunkId), EventJson.MAPPER.writeValueAsBytes(account));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an account cannot be written as JSON", e);
        }
    }

    /** @throws SealBrokenException see {@link Sealer#open}; also if it was sealed for another trunk */
    public TrunkAccount open(String trunkId, String sealed) {
        try {
            return Objects.requireNonNull(
                    EventJson.MAPPER.readValue(sealer.open(boundTo(trunkId), sealed), TrunkAccount.class));
        } catch (IOException | NullPointerException e) {
            throw new SealBrokenException("the sealed account is not what this service expects");
        }
    }

    /** No call id begins like this, and neither does what an inbound trunk's users are bound to. */
    private static String boundTo(String trunkId) {
        return "outbound-trunk/" + trunkId;
    }
}
