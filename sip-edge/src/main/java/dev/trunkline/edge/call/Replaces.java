package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.edge.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The dialog whose place another is to take (RFC 3891).
 *
 * @param dialog from our side: its local tag is the header's {@code to-tag}
 * @param earlyOnly whether the dialog is no longer meant once it is answered
 */
public record Replaces(DialogKey dialog, boolean earlyOnly) {
    static final int LONGEST = 1_024;
    private static final int MOST_PARAMETERS = 16;

    /** @return empty for anything that is no value of that header */
    public static Optional<Replaces> parse(String value) {
        if (value.length() > LONGEST || !Texts.isPrintable(value)) {
            return Optional.empty();
        }
        List<String> pieces = Texts.pieces(value, ";", MOST_PARAMETERS);
        if (pieces.isEmpty() || pieces.getFirst().isBlank()) {
            return Optional.empty();
        }
        String to = "";
        String from = "";
        boolean early = false;
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String text = equals < 0 ? "" : piece.substring(equals + 1).strip();
            switch (name) {
                case "to-tag" -> to = text;
                case "from-tag" -> from = text;
                case "early-only" -> early = true;
                default -> {
                    // Other parameters are ignored.
                }
            }
        }
        return to.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Replaces(new DialogKey(pieces.getFirst().strip(), to, from), early));
    }
}
