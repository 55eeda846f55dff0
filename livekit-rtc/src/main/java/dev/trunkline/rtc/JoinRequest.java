package dev.trunkline.rtc;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to join, and how.
 *
 * @param serverUrl     the LiveKit server: {@code ws}, {@code wss}, {@code http} or {@code https}; a path is kept as a prefix
 * @param token         a LiveKit access token with {@code roomJoin}
 * @param publish       the audio track to publish, or empty to listen only
 * @param autoSubscribe whether the server subscribes us to every audio track of the room
 * @param attributes    participant attributes set at the join, overriding those of the token
 * @param logLabel      prefix of each log line about this room, for example {@code call=0192…}. Room names, identities and
 *                      tokens are never logged, because they may contain private data
 */
public record JoinRequest(
        URI serverUrl,
        String token,
        Optional<AudioPublication> publish,
        boolean autoSubscribe,
        Map<String, String> attributes,
        String logLabel) {

    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    public JoinRequest {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(publish, "publish");
        Objects.requireNonNull(logLabel, "logLabel");
        attributes = Map.copyOf(attributes);
        if (serverUrl.getScheme() == null || !SCHEMES.contains(serverUrl.getScheme()) || serverUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "the LiveKit URL must be ws://, wss://, http:// or https:// with a host, but is " + serverUrl);
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("the LiveKit access token is empty");
        }
    }

    /** Joins to receive everything and publish nothing. */
    public static JoinRequest of(URI serverUrl, String token) {
        return new JoinRequest(serverUrl, token, Optional.empty(), true, Map.of(), "room");
    }

    public JoinRequest publishing(AudioPublication publication) {
        return new JoinRequest(serverUrl, token, Optional.of(publication), autoSubscribe, attributes, logLabel);
    }

    public JoinRequest withAutoSubscribe(boolean subscribe) {
        return new JoinRequest(serverUrl, token, publish, subscribe, attributes, logLabel);
    }

    public JoinRequest withAttributes(Map<String, String> participantAttributes) {
        return new JoinRequest(serverUrl, token, publish, autoSubscribe, participantAttributes, logLabel);
    }

    public JoinRequest withLogLabel(String label) {
        return new JoinRequest(serverUrl, token, publish, autoSubscribe, attributes, label);
    }

    /** Leaves out the token and the attributes, because this text may end up in a log. */
    @Override
    public String toString() {
        return "JoinRequest[" + serverUrl + ", publish=" + publish.map(AudioPublication::preferred) + ", " + logLabel + "]";
    }
}
