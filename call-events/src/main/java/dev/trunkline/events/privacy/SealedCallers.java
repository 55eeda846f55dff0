package dev.trunkline.events.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;

/** Seals and opens {@link CallerSecrets} for {@code InviteReceived.sealed}. Thread-safe. */
public final class SealedCallers {
    private final Sealer sealer;

    public SealedCallers(Sealer sealer) {
        this.sealer = sealer;
    }

    public String seal(CallId callId, CallerSecrets secrets) {
        try {
            return sealer.seal(callId, EventJson.MAPPER.writeValueAsBytes(secrets));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a caller record cannot be written as JSON", e);
        }
    }

    /** @throws SealBrokenException see {@link Sealer#open} */
    public CallerSecrets open(CallId callId, String sealed) {
        try {
            return EventJson.MAPPER.readValue(sealer.open(callId, sealed), CallerSecrets.class);
        } catch (IOException e) {
            throw new SealBrokenException("the sealed caller is not what this service expects");
        }
    }
}
