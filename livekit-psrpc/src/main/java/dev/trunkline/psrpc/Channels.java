package dev.trunkline.psrpc;

import java.util.Locale;

/** Names of Redis' channels, as psrpc writes them. Pure. */
final class Channels {
    private Channels() {}

    /** Where servers offer a client to take a request. */
    static String claims(String service, String clientId) {
        return of(service, clientId, "CLAIM");
    }

    /** Where a client gets its responses. */
    static String responses(String service, String clientId) {
        return of(service, clientId, "RES");
    }

    /** The parts with bars between them; one that is empty is left out, and what is no letter, digit or {@code _} is written by its number. */
    static String of(String... parts) {
        var name = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                if (!name.isEmpty()) {
                    name.append('|');
                }
                part.codePoints().forEach(character -> append(name, character));
            }
        }
        return name.toString();
    }

    private static void append(StringBuilder name, int character) {
        boolean plain = character >= '0' && character <= '9' || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z' || character == '_';
        if (plain) {
            name.append((char) character);
        } else if (character < 0x10000) {
            name.append("u+").append(String.format(Locale.ROOT, "%04x", character));
        } else {
            name.append("U+").append(String.format(Locale.ROOT, "%08x", character));
        }
    }
}
