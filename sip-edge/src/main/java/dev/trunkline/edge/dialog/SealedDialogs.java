package dev.trunkline.edge.dialog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Seals and opens {@link Dialog} for {@code CallAnswered.sealedDialog}. Thread-safe. */
public final class SealedDialogs {
    private final Sealer sealer;
    private final ObjectMapper json;

    public SealedDialogs(Sealer sealer, ObjectMapper json) {
        this.sealer = sealer;
        this.json = json;
    }

    public String seal(CallId call, Dialog dialog) {
        try {
            return sealer.seal(call, json.writeValueAsBytes(dialog));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a dialog that cannot be written as JSON", e);
        }
    }

    /** Seals a key that was pressed: only the relay is to know which one. */
    public String seal(CallId call, char digit) {
        return sealer.seal(call, String.valueOf(digit).getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws SealBrokenException if it was sealed under another key or is damaged */
    public Dialog open(CallId call, String sealed) {
        try {
            return json.readValue(sealer.open(call, sealed), Dialog.class);
        } catch (IOException e) {
            throw new SealBrokenException("the sealed dialog is not what this edge expects");
        }
    }
}
