package dev.trunkline.events.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.List;

/** Seals and opens the {@link TrunkUser}s of {@code Trunk.sealedUsers}, bound to the trunk's id. Thread-safe. */
public final class SealedTrunkUsers {
    private final Sealer sealer;

    public SealedTrunkUsers(Sealer sealer) {
        this.sealer = sealer;
    }

    public String seal(String trunkId, List<TrunkUser> users) {
        try {
            return sealer.seal(boundTo(trunkId), EventJson.MAPPER.writeValueAsBytes(users));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trunk's user cannot be written as JSON", e);
        }
    }

    /** @throws SealBrokenException see {@link Sealer#open}; also if it was sealed for another trunk */
    public List<TrunkUser> open(String trunkId, String sealed) {
        try {
            return List.of(EventJson.MAPPER.readValue(sealer.open(boundTo(trunkId), sealed), TrunkUser[].class));
        } catch (IOException | NullPointerException e) {
            throw new SealBrokenException("the sealed users are not what this service expects");
        }
    }

    /** No call id begins like this. */
    private static String boundTo(String trunkId) {
        return "trunk/" + trunkId;
    }
}
