package dev.trunkline.edge.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.JoinRules;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.events.CallId;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** The messages between two calls of one phone that are on two edges: commands whose content is sealed. Thread-safe. */
public final class JoinLetters {
    private final Sealer sealer;
    private final ObjectMapper json;
    private final String edge;

    /** @param edge id of this edge */
    public JoinLetters(Sealer sealer, ObjectMapper json, String edge) {
        this.sealer = sealer;
        this.json = json;
        this.edge = edge;
    }

    /**
     * What the edge that has the other call must know to judge by {@link JoinRules}.
     *
     * @param dialog of the other call, which the phone's Replaces names
     * @param earlyOnly whether that dialog is no longer meant once it is answered
     * @param asking the call whose phone asks
     */
    record Wish(DialogKey dialog, boolean earlyOnly, JoinRules.Side asking) {}

    /** @param description of a relay, with its keys @param status for the phone, with {@code why} */
    record Content(Optional<Wish> wish, Optional<String> description, int status, String why) {
        private static final Content NOTHING = new Content(Optional.empty(), Optional.empty(), 0, "");

        /** Hides the content, which may contain keys and a SIP Call-ID. */
        @Override
        public String toString() {
            return "Content[…]";
        }
    }

    JoinCalls wanted(CallId to, String transfer, Wish wish) {
        return letter(to, transfer, wish.asking().id(), JoinStep.WANTED, new Content(Optional.of(wish), Optional.empty(), 0, ""));
    }

    JoinCalls letter(CallId to, JoinInput said) {
        return switch (said) {
            case JoinInput.Wanted wanted -> letter(to, said.transfer(), said.from(), JoinStep.WANTED, Content.NOTHING);
            case JoinInput.Promised promised -> letter(to, said.transfer(), said.from(), JoinStep.PROMISED, Content.NOTHING);
            case JoinInput.Offered offered ->
                letter(to, said.transfer(), said.from(), JoinStep.OFFERED, new Content(Optional.empty(), Optional.of(offered.offer()), 0, ""));
            case JoinInput.Answered answered ->
                letter(to, said.transfer(), said.from(), JoinStep.ANSWERED, new Content(Optional.empty(), Optional.of(answered.answer()), 0, ""));
            case JoinInput.Over over ->
                letter(to, said.transfer(), said.from(), JoinStep.OVER, new Content(Optional.empty(), Optional.empty(), over.status(), over.why()));
        };
    }

    private JoinCalls letter(CallId to, String transfer, CallId from, JoinStep step, Content content) {
        try {
            return new JoinCalls(to, transfer, from, edge, step, sealer.seal(to, json.writeValueAsBytes(content)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a letter that cannot be written as JSON", e);
        }
    }

    /**
     * Returns what the phone of the other call wants.
     *
     * @throws SealBrokenException if the command does not contain it, or we cannot read it
     */
    Wish wish(JoinCalls letter) {
        return open(letter).wish().orElseThrow(() -> new SealBrokenException("the letter does not say what is wanted"));
    }

    /** @throws SealBrokenException if it was sealed under another key or is damaged */
    JoinInput said(JoinCalls letter) {
        Content content = open(letter);
        String transfer = letter.transfer();
        CallId from = letter.from();
        return switch (letter.step()) {
            case WANTED -> new JoinInput.Wanted(transfer, from, Optional.of(letter.edge()));
            case PROMISED -> new JoinInput.Promised(transfer, from, Optional.of(letter.edge()));
            case OFFERED -> new JoinInput.Offered(transfer, from, content.description().orElse(""));
            case ANSWERED -> new JoinInput.Answered(transfer, from, content.description().orElse(""));
            case OVER -> new JoinInput.Over(transfer, from, content.status(), content.why());
        };
    }

    private Content open(JoinCalls letter) {
        try {
            return Objects.requireNonNull(json.readValue(sealer.open(letter.callId(), letter.sealedSaid()), Content.class));
        } catch (IOException | NullPointerException e) {
            throw new SealBrokenException("the letter is not what this edge expects");
        }
    }
}
