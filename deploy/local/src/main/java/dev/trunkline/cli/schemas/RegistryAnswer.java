package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The registry's response.
 *
 * @param json the body, or a missing node if it is not JSON
 * @param location to which it redirects, as it came
 */
record RegistryAnswer(int status, JsonNode json, Optional<String> location) {
    private static final int LONGEST = 1_000;

    boolean good() {
        return status >= 200 && status < 300;
    }

    /** Returns the code of Confluent's API, which is more precise than the status; 0 if there is none. */
    int code() {
        return json.path("error_code").asInt();
    }

    /** Returns the registry's own words, at most 1,000 characters. */
    String message() {
        String message = json.path("message").asText("");
        return message.isBlank() ? "no reason is given" : plain(message);
    }

    /** Returns a text from the network as one line that a terminal may show, at most 1,000 characters. */
    static String plain(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).map(point -> Character.isISOControl(point) ? ' ' : point).forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
