package dev.trunkline.router.webhook;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.InviteHeaders;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.rules.Forwards;
import dev.trunkline.router.webhook.Answer.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a dial. As with Jambonz, all its targets ring at the same time, and the first to answer gets the call. A room
 * is not a telephone: if it is the first target that can be followed, the call goes there and nobody rings.
 */
final class DialReader {
    private static final int LONGEST = 256;
    private static final String TIMEOUT = "timeout";
    private static final String ON_BRIDGE = "answerOnBridge";
    private static final String HEADERS = "headers";
    private static final Set<String> USED_FOR_ROOMS = Set.of("verb", "target");
    private static final Set<String> USED = Set.of("verb", "target", TIMEOUT, ON_BRIDGE, HEADERS);

    private final CallTarget targets;

    DialReader(CallTarget targets) {
        this.targets = targets;
    }

    /** A target that can be followed. */
    private record Followed(JsonPlace place, String type, Instruction instruction) {}

    /** @param verbs receives the outcome of the dial and of each target that is not followed */
    Optional<Instruction> read(JsonPlace dial, List<Verb> verbs) throws UnusableAnswerException {
        JsonPlace written = dial.need("target", "write a list of targets, each with a type");
        List<JsonPlace> places = written.node().isObject() ? List.of(written) : written.elements();
        if (places.isEmpty()) {
            throw written.wrong("is empty: write at least one target");
        }
        List<Followed> followed = new ArrayList<>();
        List<Verb> others = new ArrayList<>();
        for (JsonPlace place : places) {
            String type = place.object().need("type", "write sip, phone, user or room").text(LONGEST);
            Optional<Instruction> target = target(place, type);
            Optional<String> apart = target.isEmpty()
                    ? Optional.of("no calls are sent to targets of this type: write sip, phone, user or room")
                    : apart(target.get(), followed);
            apart.ifPresentOrElse(why -> others.add(other(place, type, why)), () -> followed.add(new Followed(place, type, target.get())));
        }
        String at = dial.path().isEmpty() ? "[0]" : dial.path();
        Optional<Instruction> decided = decided(dial, followed);
        verbs.add(decided.isEmpty()
                ? new Verb(at, Answer.DIAL, false, "none of its targets can be dialled, so nobody rings")
                : new Verb(at, Answer.DIAL, true, told(decided.get(), dial, followed)));
        verbs.addAll(others);
        return decided;
    }

    /** Returns why a target is not followed although it could be; empty if it is followed. */
    private static Optional<String> apart(Instruction target, List<Followed> before) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        if (!(before.getFirst().instruction() instanceof Instruction.Forward)) {
            return Optional.of("the call goes to the room that was named first; nobody else rings");
        }
        if (!(target instanceof Instruction.Forward)) {
            return Optional.of("a room cannot ring beside telephones: name it first, or alone");
        }
        return before.size() < Forwards.MOST_AT_ONCE
                ? Optional.empty()
                : Optional.of("%d can ring simultaneously, and no more".formatted(Forwards.MOST_AT_ONCE));
    }

    private static Optional<Instruction> decided(JsonPlace dial, List<Followed> followed) throws UnusableAnswerException {
        if (followed.isEmpty() || !(followed.getFirst().instruction() instanceof Instruction.Forward)) {
            return followed.stream().map(Followed::instruction).findFirst();
        }
        Map<String, String> headers = headers(dial);
        List<ForwardTarget> ringing = new ArrayList<>();
        for (Followed one : followed) {
            if (one.instruction() instanceof Instruction.Forward(ForwardPlan plan, var none)) {
                ForwardTarget target = plan.rounds().getFirst().targets().getFirst();
                ringing.add(new ForwardTarget(target.to(), trunk(one), headers));
            }
        }
        return Optional.of(new Instruction.Forward(new ForwardPlan(List.of(new ForwardRound(ringing, seconds(dial)))), policy(dial)));
    }

    private static Optional<String> trunk(Followed one) throws UnusableAnswerException {
        Optional<JsonPlace> trunk = one.place().field("trunk");
        return trunk.isPresent() ? Optional.of(trunk.get().text(LONGEST)) : Optional.empty();
    }

    private static int seconds(JsonPlace dial) throws UnusableAnswerException {
        Optional<JsonPlace> timeout = dial.field(TIMEOUT);
        if (timeout.isEmpty()) {
            return Forwards.RING_SECONDS;
        }
        int seconds = timeout.get().node().isInt() ? timeout.get().node().intValue() : 0;
        if (seconds < 1) {
            throw timeout.get().wrong("is not a number of seconds: write 1 to %d".formatted(Forwards.MOST_RING_SECONDS));
        }
        return Math.min(seconds, Forwards.MOST_RING_SECONDS);
    }

    private static Optional<AnswerPolicy> policy(JsonPlace dial) throws UnusableAnswerException {
        Optional<JsonPlace> onBridge = dial.field(ON_BRIDGE);
        return onBridge.isPresent()
                ? Optional.of(onBridge.get().truth() ? AnswerPolicy.ON_AGENT : AnswerPolicy.IMMEDIATE)
                : Optional.empty();
    }

    private static Map<String, String> headers(JsonPlace dial) throws UnusableAnswerException {
        List<Fault> faults = new ArrayList<>();
        Map<String, String> headers = InviteHeaders.read(new Fields(dial.node(), dial.path(), faults));
        if (!faults.isEmpty()) {
            throw new UnusableAnswerException(faults.getFirst().path(), faults.getFirst().problem());
        }
        return headers;
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

    private static String told(Instruction decided, JsonPlace dial, List<Followed> followed) {
        boolean rings = decided instanceof Instruction.Forward;
        StringBuilder told = new StringBuilder(Instructions.told(decided))
                .append(VerbReader.notUsed(dial, rings ? USED : USED_FOR_ROOMS));
        followed.forEach(one -> told.append(notUsedOfTarget(one, rings)));
        return told.toString();
    }

    private static String notUsedOfTarget(Followed one, boolean rings) {
        String field = switch (one.type()) {
            case "sip" -> "sipUri";
            case "phone" -> "number";
            default -> "name";
        };
        Set<String> others = one.place().others(rings ? Set.of("type", field, "trunk") : Set.of("type", field));
        return others.isEmpty() ? "" : "; not used in the target: " + String.join(", ", others);
    }

    private static Verb other(JsonPlace place, String type, String why) {
        return new Verb(place.path(), Answer.DIAL + " target " + type, false, why);
    }
}
