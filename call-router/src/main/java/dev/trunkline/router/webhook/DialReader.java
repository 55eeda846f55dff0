package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.webhook.Answer.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a dial. Jambonz rings all targets at once; a call that is not answered yet can go to one place only, so the
 * first target that can be followed is, and each of the others is told.
 */
final class DialReader {
    private static final int LONGEST = 256;
    private static final Set<String> USED = Set.of("verb", "target");

    private final CallTarget targets;

    DialReader(CallTarget targets) {
        this.targets = targets;
    }

    /** @param verbs gets what became of the dial and of each target that is not followed */
    Optional<Instruction> read(JsonPlace dial, List<Verb> verbs) throws UnusableAnswerException {
        JsonPlace written = dial.need("target", "write a list of targets, each with a type");
        List<JsonPlace> places = written.node().isObject() ? List.of(written) : written.elements();
        if (places.isEmpty()) {
            throw written.wrong("is empty: write at least one target");
        }
        String at = dial.path().isEmpty() ? "[0]" : dial.path();
        Optional<Instruction> decided = Optional.empty();
        List<Verb> others = new ArrayList<>();
        for (JsonPlace place : places) {
            String type = place.object().need("type", "write sip, phone, user or room").text(LONGEST);
            if (decided.isPresent()) {
                others.add(other(place, type, "a call goes to one place, the first target; the others do not ring"));
                continue;
            }
            decided = target(place, type);
            if (decided.isEmpty()) {
                others.add(other(
                        place, type, "no calls are sent to targets of this type: write sip, phone, user or room"));
            } else {
                verbs.add(new Verb(
                        at, Answer.DIAL, true,
                        Instructions.told(decided.get()) + VerbReader.notUsed(dial, USED) + ofTarget(place, type)));
            }
        }
        if (decided.isEmpty()) {
            verbs.add(new Verb(at, Answer.DIAL, false, "none of its targets can be dialled, so nobody rings"));
        }
        verbs.addAll(others);
        return decided;
    }

    private Optional<Instruction> target(JsonPlace place, String type) throws UnusableAnswerException {
        return switch (type) {
            case "sip" -> Optional.of(targets.sip(place.need("sipUri", "write for example sip:ann@pbx.example")));
            case "phone" -> Optional.of(targets.phone(place.need("number", "write for example +3225550100")));
            case "user" -> Optional.of(targets.user(place.need("name", "write for example ann@pbx.example")));
            case "room" -> Optional.of(Instructions.room(Instructions.roomName(place.need("name", "it names the room"))));
            default -> Optional.empty();
        };
    }

    private static String ofTarget(JsonPlace place, String type) {
        Set<String> others = place.others(Set.of("type", switch (type) {
            case "sip" -> "sipUri";
            case "phone" -> "number";
            default -> "name";
        }));
        return others.isEmpty() ? "" : "; not used of the target: " + String.join(", ", others);
    }

    private static Verb other(JsonPlace place, String type, String why) {
        return new Verb(place.path(), Answer.DIAL + " target " + type, false, why);
    }
}
