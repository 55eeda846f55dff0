package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.webhook.Answer.Verb;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a list of Jambonz verbs up to the one that decides. */
final class VerbReader {
    private static final int LONGEST = 256;
    private static final String BEFORE_ANSWER = "the call is not answered yet, and in the room it is the agent who ";
    /** Jambonz verbs that decide nothing here, and why. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("say", BEFORE_ANSWER + "speaks"),
            Map.entry("play", BEFORE_ANSWER + "plays sounds"),
            Map.entry("gather", BEFORE_ANSWER + "listens"),
            Map.entry("transcribe", BEFORE_ANSWER + "listens"),
            Map.entry("listen", BEFORE_ANSWER + "listens"),
            Map.entry("stream", BEFORE_ANSWER + "listens"),
            Map.entry("dtmf", BEFORE_ANSWER + "sends tones"),
            Map.entry("dialogflow", "bots are agents in the room here"),
            Map.entry("lex", "bots are agents in the room here"),
            Map.entry("rasa", "bots are agents in the room here"),
            Map.entry("llm", "bots are agents in the room here"),
            Map.entry("agent", "agents are named by the rule, or by agents in the short form"),
            Map.entry("pause", "there is no waiting before a decision"),
            Map.entry("hangup", "a call that is not answered is refused by sip:decline, which says how"),
            Map.entry("answer", "the rule's answer_policy says when to answer"),
            Map.entry("enqueue", "there are no queues; conference or a dial to a room puts the caller in a room"),
            Map.entry("dequeue", "there are no queues"),
            Map.entry("leave", "there are no queues"),
            Map.entry("config", "there is no speech session to set up"),
            Map.entry("tag", "calls carry no tags; the short form's config reaches the agent"),
            Map.entry("alert", "only the edge signals ringing to the caller"),
            Map.entry("dub", "there is no sound to overlay"),
            Map.entry("message", "there are no text messages"),
            Map.entry("sip:request", "there is no dialog yet"));

    /** Fields of the verbs that decide; an author who uses others is told that they have no effect. */
    private static final Map<String, Set<String>> USED = Map.of(
            "sip:decline", Set.of("verb", "status", "reason"),
            "sip:refer", Set.of("verb", "referTo"),
            "redirect", Set.of("verb", "actionHook"),
            "conference", Set.of("verb", "name"));

    private final DialReader dials;
    private final CallTarget targets;

    VerbReader(CallTarget targets) {
        this.dials = new DialReader(targets);
        this.targets = targets;
    }

    Answer read(List<JsonPlace> places, URI asked) throws UnusableAnswerException {
        List<Verb> verbs = new ArrayList<>();
        Optional<Instruction> decided = Optional.empty();
        String decider = "";
        for (JsonPlace place : places) {
            String name = place.object().need("verb", "each element is an object with a verb").text(LONGEST);
            if (decided.isPresent()) {
                verbs.add(ignored(place, name, decider + " has already decided"));
                continue;
            }
            decided = switch (name) {
                case Answer.DIAL -> dials.read(place, verbs);
                case "sip:decline" -> followed(declined(place), place, name, verbs);
                case "sip:refer" -> followed(referred(place), place, name, verbs);
                case "redirect" -> followed(redirected(place, asked), place, name, verbs);
                case "conference" -> followed(conference(place), place, name, verbs);
                default -> {
                    verbs.add(ignored(place, name, IGNORED.getOrDefault(name, "there is no such verb here")));
                    yield Optional.empty();
                }
            };
            decider = where(place) + " " + name;
        }
        return new Answer(decided, verbs);
    }

    private static Optional<Instruction> followed(Instruction instruction, JsonPlace place, String name, List<Verb> verbs) {
        verbs.add(new Verb(where(place), name, true, Instructions.told(instruction) + notUsed(place, USED.get(name))));
        return Optional.of(instruction);
    }

    private static Instruction declined(JsonPlace place) throws UnusableAnswerException {
        Optional<JsonPlace> reason = place.field("reason");
        return Instructions.decline(
                place.need("status", "write a SIP status from 400 to 699"),
                reason.isPresent() ? reason.get().text(LONGEST) : "");
    }

    private Instruction referred(JsonPlace place) throws UnusableAnswerException {
        return targets.refer(place.need("referTo", "write a SIP URI or a number"));
    }

    private static Instruction redirected(JsonPlace place, URI asked) throws UnusableAnswerException {
        JsonPlace hook = place.need("actionHook", "write the URL to ask instead");
        return Instructions.redirect(hook.node().isObject() ? hook.need("url", "write the URL to ask instead") : hook, asked);
    }

    private static Instruction conference(JsonPlace place) throws UnusableAnswerException {
        return Instructions.room(Instructions.roomName(place.need("name", "it names the room")));
    }

    private static Verb ignored(JsonPlace place, String name, String why) {
        return new Verb(where(place), name, false, why);
    }

    private static String where(JsonPlace place) {
        return place.path().isEmpty() ? "[0]" : place.path();
    }

    /** Returns what an application requested in addition to the decision and does not get. */
    static String notUsed(JsonPlace place, Set<String> used) {
        Set<String> others = place.others(used);
        return others.isEmpty() ? "" : "; not used: " + String.join(", ", others);
    }
}
