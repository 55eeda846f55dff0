package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/**
 * Our own identifier of a call, a UUIDv7 (RFC 9562 section 5.7) assigned by the edge that received the INVITE.
 * It is the Kafka key of everything that happens to the call; the SIP Call-ID is only an attribute of it.
 */
public record CallId(UUID value) {

    public CallId {
        Objects.requireNonNull(value, "call id");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static CallId of(String text) {
        return new CallId(UUID.fromString(text));
    }

    /**
     * Returns the 32 hexadecimal digits that serve as the call's W3C trace id, so that one call is one trace.
     */
    public String traceId() {
        return value.toString().replace("-", "");
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
