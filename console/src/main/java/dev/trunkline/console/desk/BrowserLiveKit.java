package dev.trunkline.console.desk;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The LiveKit server, as browsers reach it.
 *
 * @param url {@code ws} or {@code wss}
 * @param apiKey whose secret signs tokens
 * @param apiSecret that tokens are signed with
 */
public record BrowserLiveKit(URI url, String apiKey, String apiSecret) {

    /**
     * @param address {@code ws}, {@code wss}, or the equivalents {@code http} and {@code https}
     * @throws IllegalArgumentException if it is not the address of a server; the message contains no secret
     */
    public static BrowserLiveKit of(URI address, String apiKey, String apiSecret) {
        return new BrowserLiveKit(webSocket(address), apiKey, apiSecret);
    }

    private static URI webSocket(URI address) {
        String scheme = switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            default -> "";
        };
        if (scheme.isEmpty() || address.getHost() == null) {
            throw new IllegalArgumentException("the address of LiveKit for browsers is " + address + "; write wss://livekit.example.com");
        }
        try {
            return new URI(scheme, null, address.getHost(), address.getPort(), address.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address of LiveKit for browsers is " + address + "; write wss://livekit.example.com", e);
        }
    }

    /** Scheme, host and port, as a Content-Security-Policy needs them. */
    public String origin() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "BrowserLiveKit[" + url + "]";
    }
}
