package dev.trunkline.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints the access tokens by which people enter the room of their call: JSON web tokens signed with HS256 (RFC 7519), with LiveKit's grant
 * {@code video}. Thread-safe.
 */
public final class DeskTokens {
    /** Entering takes seconds; whoever is in the room gets the next token from LiveKit, and whoever comes back takes the call again. */
    static final Duration VALIDITY = Duration.ofMinutes(2);
    /** Machines' clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));
    private static final String PREFIX = "desk-";

    private final String apiKey;
    private final SecretKeySpec secret;
    private final InstantSource clock;

    public DeskTokens(BrowserLiveKit liveKit, InstantSource clock) {
        this.apiKey = liveKit.apiKey();
        this.secret = new SecretKeySpec(liveKit.apiSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
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
        try {
            String signed = HEADER + "." + base64(EventJson.MAPPER.writeValueAsBytes(claims));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims that have no JSON", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
