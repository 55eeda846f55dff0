package dev.trunkline.events.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.Objects;

/**
 * Seals and opens {@link DialTarget}, {@link AnswerSecrets}, {@link TransferTarget} and {@link GivenHeaders}, each for its call.
 * Thread-safe.
 */
public final class SealedTargets {
    private final Sealer sealer;

    public SealedTargets(Sealer sealer) {
        this.sealer = sealer;
    }

    public String seal(CallId callId, DialTarget target) {
        return sealed(callId, target);
    }

    public String seal(CallId callId, TransferTarget target) {
        return sealed(callId, target);
    }

    public String seal(CallId callId, AnswerSecrets answer) {
        return sealed(callId, answer);
    }

    public String seal(CallId callId, GivenHeaders headers) {
        return sealed(callId, headers);
    }

    /** @throws SealBrokenException see {@link Sealer#open} */
    public GivenHeaders given(CallId callId, String sealed) {
        return open(callId, sealed, GivenHeaders.class);
    }

    /** @throws SealBrokenException see {@link Sealer#open} */
    public AnswerSecrets answer(CallId callId, String sealed) {
        return open(callId, sealed, AnswerSecrets.class);
    }

    /** @throws SealBrokenException see {@link Sealer#open} */
    public DialTarget dialled(CallId callId, String sealed) {
        return open(callId, sealed, DialTarget.class);
    }

    /** @throws SealBrokenException see {@link Sealer#open} */
    public TransferTarget transfer(CallId callId, String sealed) {
        return open(callId, sealed, TransferTarget.class);
    }

    private String sealed(CallId callId, Record target) {
        try {
            return sealer.seal(callId, EventJson.MAPPER.writeValueAsBytes(target));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a target cannot be written as JSON", e);
        }
    }

    private <T extends Record> T open(CallId callId, String sealed, Class<T> type) {
        try {
            return Objects.requireNonNull(EventJson.MAPPER.readValue(sealer.open(callId, sealed), type));
        } catch (IOException | NullPointerException e) {
            throw new SealBrokenException("the sealed target is not what this service expects");
        }
    }
}
