package dev.trunkline.console.history;

import dev.trunkline.console.problem.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** The position where a page of calls ends and the next begins. */
record PageKey(Instant receivedAt, UUID callId) {

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((receivedAt + " " + callId).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refused for a value that no page returned */
    static PageKey of(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            return new PageKey(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (RuntimeException e) {
            throw Refused.malformed("after must be the `next` of the previous page, or be left out.");
        }
    }
}
