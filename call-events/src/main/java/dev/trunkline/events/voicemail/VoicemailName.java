package dev.trunkline.events.voicemail;

import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The key of a message in the store. It contains everything that a list of messages shows, so no message has to be opened for a list:
 *
 * <pre>
 *   &lt;organisation&gt;/&lt;message&gt;.&lt;call&gt;.&lt;recorded at&gt;.&lt;length&gt;.&lt;why it ended&gt;.&lt;kept until&gt;.voicemail
 *   ids as they are; times in ms since 1970, the length in ms
 * </pre>
 *
 * It contains no number, neither the caller's nor the called one.
 *
 * @param organisation id
 * @param message id, a UUIDv7: an organisation's messages are listed in the order in which they were recorded
 */
public record VoicemailName(
        String organisation, UUID message, CallId call, Instant recordedAt, Duration length, MessageEnd ended, Instant keptUntil) {
    private static final String ENDING = "voicemail";
    private static final int PARTS = 7;
    private static final int LONGEST = 400;

    /** Returns the prefix of the keys of an organisation's messages. */
    public static String of(String organisation) {
        return organisation + "/";
    }

    /** Returns the prefix of the key of one message. */
    public static String of(String organisation, UUID message) {
        return organisation + "/" + message + ".";
    }

    public String key() {
        return String.join(".",
                organisation + "/" + message, call.toString(), Long.toString(recordedAt.toEpochMilli()), Long.toString(length.toMillis()),
                ended.code(), Long.toString(keptUntil.toEpochMilli()), ENDING);
    }

    /** Returns empty for a key that does not have this form: the object belongs to somebody else. */
    public static Optional<VoicemailName> parse(String key) {
        int slash = key.indexOf('/');
        if (key.length() > LONGEST || slash < 1) {
            return Optional.empty();
        }
        String[] parts = key.substring(slash + 1).split("\\.", PARTS + 1);
        if (parts.length != PARTS || !parts[PARTS - 1].equals(ENDING)) {
            return Optional.empty();
        }
        try {
            return MessageEnd.ofCode(parts[4]).map(ended -> new VoicemailName(
                    key.substring(0, slash), UUID.fromString(parts[0]), new CallId(UUID.fromString(parts[1])),
                    Instant.ofEpochMilli(Long.parseLong(parts[2])), Duration.ofMillis(Long.parseLong(parts[3])), ended,
                    Instant.ofEpochMilli(Long.parseLong(parts[5]))));
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
