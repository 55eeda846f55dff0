package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** Why the recording of a message ended. */
public enum MessageEnd {
    /** The caller pressed the key that ends it. */
    KEY("key"),
    /** The caller said nothing more. */
    SILENCE("silence"),
    /** It reached the maximum length. */
    LONGEST("longest"),
    /** The caller hung up, or the call ended in another way. */
    HUNG_UP("hung-up"),
    /** The relay died, or could not continue writing: what it had written by then is kept. */
    CUT_OFF("cut-off");

    private final String code;

    MessageEnd(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public static Optional<MessageEnd> ofCode(String code) {
        return Arrays.stream(values()).filter(end -> end.code.equals(code)).findFirst();
    }
}
