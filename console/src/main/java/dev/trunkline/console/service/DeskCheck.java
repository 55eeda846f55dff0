package dev.trunkline.console.service;

import dev.trunkline.console.desk.BrowserLiveKit;
import java.net.URI;
import java.util.Optional;

/** Reads the LiveKit settings, or says why they are invalid. */
final class DeskCheck {
    private DeskCheck() {}

    /**
     * @return empty if address, key or secret is missing: then there is no desk
     * @throws IllegalArgumentException for an invalid address
     */
    static Optional<BrowserLiveKit> liveKit(ConsoleSettings settings) {
        ConsoleSettings.LiveKit liveKit = settings.livekit();
        Optional<URI> address = written(settings.console().livekitUrl()).or(() -> written(liveKit.url()));
        Optional<String> key = written(liveKit.apiKey());
        Optional<String> secret = written(liveKit.apiSecret());
        if (address.isEmpty() || key.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(BrowserLiveKit.of(address.get(), key.get(), secret.get()));
    }

    private static <T> Optional<T> written(Optional<T> value) {
        return value.filter(given -> !given.toString().isBlank());
    }
}
