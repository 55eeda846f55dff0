package dev.trunkline.psrpc;

import java.util.Locale;

/** Names of Redis channels as psrpc writes them. Pure. */
final class Channels {
    private Channels() {}

    /** Returns the channel on which servers offer a client to take a request. */
    static String claims(String service, String clientId) {
        return of(service, clientId, "CLAIM");
    }

    /** Returns the channel on which a client gets its responses. */
    static String responses(String service, String clientId) {
        return of(service, clientId, "RES");
    }

    /**
     * Joins the parts with bars. Empty parts are left out, and characters other than letters, digits and {@code _} are written
     * as their code numbers.
     */
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
