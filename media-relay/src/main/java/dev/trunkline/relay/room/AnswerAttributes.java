package dev.trunkline.relay.room;

import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes that the participant of an outbound call gets once the call is answered. Pure.
 *
 * @param extras which headers of the 200 are wanted, and as which attributes
 * @param hidden the number that stays out of the room; empty if it need not
 */
public record AnswerAttributes(DialExtras extras, Optional<HiddenNumber> hidden) {
    private static final String HEADER = "sip.h.";
    private static final String X = "x-";

    /** Creates the attributes for the party called, whose number is hidden or not. */
    public static AnswerAttributes of(DialExtras extras, CallerSecrets called, boolean hidden) {
        return new AnswerAttributes(extras, hidden ? Optional.of(new HiddenNumber(called)) : Optional.empty());
    }

    /** Returns the attributes, within LiveKit's limits. */
    public Map<String, String> of(AnswerSecrets answer) {
        Map<String, String> headers = hidden.map(number -> number.without(answer.headers())).orElse(answer.headers());
        Map<String, String> attributes = new HashMap<>();
        headers.forEach((name, value) -> {
            if (isNamed(name)) {
                attributes.put(HEADER + name, value);
            }
        });
        extras.headersToAttributes().forEach((name, attribute) ->
                Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).ifPresent(value -> attributes.put(attribute, value)));
        return RoomText.attributes(attributes, Map.of(SipParticipant.CALL_TAG, answer.tag()));
    }

    private boolean isNamed(String header) {
        return switch (extras.answerHeaders()) {
            case DialExtras.ALL_HEADERS -> true;
            case DialExtras.X_HEADERS -> header.startsWith(X);
            default -> false;
        };
    }

    /** Reveals nothing, because it contains the number. */
    @Override
    public String toString() {
        return "AnswerAttributes[…]";
    }
}
