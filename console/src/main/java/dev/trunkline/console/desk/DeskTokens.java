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
 * Issues the access tokens with which people enter the room of their call: JSON web tokens signed with HS256 (RFC 7519), with LiveKit's
 * grant {@code video}. Thread-safe.
 */
public final class DeskTokens {
    /** Entering takes seconds. LiveKit renews the token of a participant in the room, and a person who comes back takes the call again. */
    static final Duration VALIDITY = Duration.ofMinutes(2);
    /** Tolerance for clock differences between machines. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String PREFIX = "desk-";
    private static final String SUPERVISOR = "supervisor-";
    /** Tells relays that a participant answers no call. */
    private static final String SUPERVISES = "trunkline.supervisor";

    private final String apiKey;
    private final HmacKey secret;
    private final InstantSource clock;

    public DeskTokens(BrowserLiveKit liveKit, InstantSource clock) {
        this.apiKey = liveKit.apiKey();
        this.secret = new HmacKey(liveKit.apiSecret().getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** The identity of a person in a room, and in the call's history. */
    static String identity(String account) {
        return PREFIX + account;
    }

    /** Issues a token for one room: to talk and listen there and to press keys, and nothing else. @param account who enters */
    public String enter(String room, String account) {
        ObjectNode claims = claims(identity(account), account);
        grant(claims, room, true).put("canPublishData", true);
        return sign(claims);
    }

    /** Issues a token for one room: to listen there unseen, and nothing else. @param account who listens */
    public String listen(String room, String account) {
        ObjectNode claims = supervisor(account);
        grant(claims, room, false).put("canPublishData", false).put("hidden", true);
        return sign(claims);
    }

    /** Issues a token for one room: to listen there and to talk to its participants, who see the user. @param account who whispers */
    public String whisper(String room, String account) {
        ObjectNode claims = supervisor(account);
        grant(claims, room, true).put("canPublishData", false);
        return sign(claims);
    }

    private ObjectNode supervisor(String account) {
        ObjectNode claims = claims(SUPERVISOR + account, account);
        claims.putObject("attributes").put(SUPERVISES, "true");
        return claims;
    }

    private ObjectNode claims(String identity, String name) {
        long now = clock.instant().getEpochSecond();
        return EventJson.MAPPER.createObjectNode()
                .put("iss", apiKey)
                .put("sub", identity)
                .put("name", name)
                .put("nbf", now - SKEW.toSeconds())
                .put("exp", now + VALIDITY.toSeconds());
    }

    private static ObjectNode grant(ObjectNode claims, String room, boolean talks) {
        ObjectNode video = claims.putObject("video")
                .put("room", room)
                .put("roomJoin", true)
                .put("canPublish", talks)
                .put("canSubscribe", true);
        if (talks) {
            video.putArray("canPublishSources").add("microphone");
        }
        return video;
    }

    private String sign(ObjectNode claims) {
        var signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signed.setHeader("typ", "JWT");
        signed.setPayload(claims.toString());
        signed.setKey(secret);
        // The length of the secret is up to the operator of LiveKit.
        signed.setDoKeyValidation(false);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("this Java runtime does not support " + AlgorithmIdentifiers.HMAC_SHA256, e);
        }
    }
}
