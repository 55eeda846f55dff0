package dev.trunkline.relay.room;

import java.net.URI;

/**
 * LiveKit's address and credentials.
 *
 * @param url {@code ws}, {@code wss}, {@code http} or {@code https}
 */
public record LiveKitAddress(URI url, String apiKey, String apiSecret) {
    /** LiveKit's server refuses shorter secrets outside development. */
    private static final int LEAST_SECRET = 32;

    public LiveKitAddress {
        if (apiKey.isBlank() || apiSecret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("set LIVEKIT_API_KEY, and LIVEKIT_API_SECRET with 32 characters or more");
        }
    }

    /** Returns the root of the server's HTTP API, without {@link #path}; ends in a slash. */
    URI root() {
        String scheme = switch (url.getScheme()) {
            case "wss", "https" -> "https";
            default -> "http";
        };
        return URI.create(scheme + "://" + url.getRawAuthority() + "/");
    }

    /** Returns the prefix of each path of the API: empty, or with a leading slash and no trailing one. */
    String path() {
        return url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    }

    /** Does not reveal the secret. */
    @Override
    public String toString() {
        return "LiveKitAddress[" + url + "]";
    }
}
