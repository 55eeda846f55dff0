package dev.trunkline.relay.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints the access tokens with which callers join: JSON web tokens signed with HS256 (RFC 7519). LiveKit's own Java SDK, which
 * signs the requests of {@link RoomService}, cannot set the kind of a participant. Thread-safe.
 */
public final class RoomTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));
    /** As in livekit-sip: a resumed session presents its token again. */
    private static final Duration CALL_VALIDITY = Duration.ofHours(24);

    /** How far in the past their validity begins: the clock of LiveKit's machine may be that far behind. */
    private static final Duration OTHER_CLOCKS = Duration.ofHours(2);

    private final String apiKey;
    private final SecretKeySpec secret;
    private final Clock clock;

    public RoomTokens(LiveKitAddress liveKit, Clock clock) {
        this.apiKey = liveKit.apiKey();
        this.secret = new SecretKeySpec(liveKit.apiSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /**
     * Mints the caller's token.
     *
     * @param metadata the room's, if this join creates it
     */
    public String join(String room, String identity, SipParticipant participant, String metadata) {
        ObjectNode claims = claims().put("sub", identity).put("name", participant.name()).put("kind", "sip");
        if (!participant.metadata().isEmpty()) {
            claims.put("metadata", participant.metadata());
        }
        ObjectNode attributes = claims.putObject("attributes");
        participant.attributes().forEach(attributes::put);
        claims.putObject("video")
                .put("room", room)
                .put("roomJoin", true)
                .put("canPublish", true)
                .put("canSubscribe", true)
                .put("canPublishData", true)
                .put("canUpdateOwnMetadata", true);
        claims.putObject("roomConfig").put("metadata", metadata);
        return sign(claims);
    }

    private ObjectNode claims() {
        long now = clock.instant().getEpochSecond();
        return EventJson.MAPPER.createObjectNode()
                .put("iss", apiKey)
                .put("nbf", now - OTHER_CLOCKS.toSeconds())
                .put("exp", now + CALL_VALIDITY.toSeconds());
    }

    private String sign(ObjectNode claims) {
        try {
            String signed = HEADER + "." + base64(EventJson.MAPPER.writeValueAsBytes(claims));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims could not be written as JSON", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
