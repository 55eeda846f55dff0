package dev.trunkline.router.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.router.routing.ShownUrl;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates instructions from the contents of an answer, and describes them. */
final class Instructions {
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_ROOM = 128;
    /** They request credentials (RFC 3261 section 22), and an application cannot supply the challenge. */
    private static final Set<Integer> CHALLENGES = Set.of(401, 407);

    private Instructions() {}

    /** Returns the instruction to go to a room, with everything else as the rule has it. */
    static Instruction room(String name) {
        return new Instruction.Room(name, false, List.of(), "", JsonNodeFactory.instance.objectNode(), Optional.empty());
    }

    static String roomName(JsonPlace place) throws UnusableAnswerException {
        return place.text(LONGEST_ROOM);
    }

    static Instruction decline(JsonPlace status, String reason) throws UnusableAnswerException {
        int code = status.node().isInt() ? status.node().intValue() : 0;
        if (code < 400 || code > 699 || CHALLENGES.contains(code)) {
            throw status.wrong("is not a SIP status for a refusal: write 400 to 699, but not 401 or 407");
        }
        return new Instruction.Decline(code, reason);
    }

    private static String told(ForwardPlan plan) {
        return plan.rounds().stream()
                .map(round -> round.targets().stream().map(ForwardTarget::to).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", then "));
    }

    static Instruction redirect(JsonPlace place, URI asked) throws UnusableAnswerException {
        try {
            URI url = asked.resolve(URI.create(place.text(LONGEST_URL)));
            if (ShownUrl.isWeb(url)) {
                return new Instruction.Redirect(url);
            }
        } catch (IllegalArgumentException e) {
            // As wrong as a URL of another scheme.
        }
        throw place.wrong("is not an http or https URL");
    }

    /** Returns one sentence that leaves out what an operator must not see. */
    static String told(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Room room -> "the call goes to room " + room.room();
            case Instruction.Forward forward -> "the call is forwarded to " + told(forward.plan());
            case Instruction.Refer refer -> "the trunk is told to call " + refer.target();
            case Instruction.Decline decline ->
                    "the call is declined with " + (decline.status() + " " + decline.text()).strip();
            case Instruction.Redirect redirect -> "the next to be asked is " + ShownUrl.of(redirect.url());
        };
    }
}
