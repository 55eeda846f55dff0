package dev.trunkline.console.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Mints the access tokens by which people enter the room of their call: JSON web tokens signed with HS256 (RFC 7519), with LiveKit's grant
 * {@code video}. Thread-safe.
 */
public final class DeskTokens {
    /** Entering takes seconds; whoever is in the room gets the next token from LiveKit, and whoever comes back takes the call again. */
    static final Duration VALIDITY = Duration.ofMinutes(2);
    /** Machines' clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String PREFIX = "desk-";

    private final String apiKey;
    private final HmacKey secret;
    private final InstantSource clock;

    public DeskTokens(BrowserLiveKit liveKit, InstantSource clock) {
        this.apiKey = liveKit.apiKey();
        this.secret = new HmacKey(liveKit.apiSecret().getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** Who somebody is in a room, and in the call's history. */
    static String identity(String account) {
        return PREFIX + account;
    }

    /** For one room: to talk and listen there, to press keys, and nothing else. @param account who enters */
    public String enter(String room, String account) {
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = EventJson.MAPPER.createObjectNode()
                .put("iss", apiKey)
                .put("sub", identity(account))
                .put("name", account)
                .put("nbf", now - SKEW.toSeconds())
                .put("exp", now + VALIDITY.toSeconds());
        claims.putObject("video")
                .put("room", room)
                .put("roomJoin", true)
                .put("canPublish", true)
                .put("canSubscribe", true)
                .put("canPublishData", true)
                .putArray("canPublishSources").add("microphone");
        return sign(claims);
    }

    private String sign(ObjectNode claims) {
        var signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signed.setHeader("typ", "JWT");
        signed.setPayload(claims.toString());
        signed.setKey(secret);
        // How long a secret is LiveKit's operator says.
        signed.setDoKeyValidation(false);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("this Java runtime does not sign with " + AlgorithmIdentifiers.HMAC_SHA256, e);
        }
    }
}
