package dev.trunkline.sip.message;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A value of Content-Type, or of another header that consists of a word and parameters (RFC 3261 section 20.15).
 *
 * @param name the part before the first semicolon, in lower case, without blanks
 * @param parameters names in lower case, values without quotes
 */
record MediaType(String name, Map<String, String> parameters) {

    static MediaType of(String value) {
        List<String> pieces = Pieces.of(value, ';', MessageLimits.PARAMETERS + 1);
        var parameters = new HashMap<String, String>();
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(piece.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        NameAddr.unquoted(piece.substring(equals + 1).strip()));
            }
        }
        return new MediaType(withoutBlanks(pieces.getFirst()).toLowerCase(Locale.ROOT), parameters);
    }

    private static String withoutBlanks(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Scan.isBlank(text.charAt(i))) {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
