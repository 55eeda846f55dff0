package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Ignored;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.webhook.Answer.Verb;
import dev.trunkline.router.webhook.AskFailure.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outcome of an answer, in the words of the trace. Pure.
 *
 * @param outcome its name in metrics: the instruction's, or the failure's
 */
public record Verdict(WebhookResult result, String outcome) {

    /**
     * @param how how the answer was obtained: status, tries and the like
     * @param millis from the question to the answer
     */
    public static Verdict of(Answer answer, Call call, String requestId, long millis, String how) {
        List<Ignored> ignored = answer.verbs().stream()
                .filter(verb -> !verb.followed())
                .map(verb -> new Ignored(verb.name() + " at " + verb.where(), verb.why()))
                .toList();
        if (answer.instruction().isEmpty()) {
            return failed(Kind.UNDECIDED, undecided(answer.verbs()), requestId, how, ignored);
        }
        // A record's text contains all its fields, and all of them would appear in events.
        if (new CallerDigits(call.callerNumber()).in(answer.instruction().get().toString())) {
            return failed(
                    Kind.UNUSABLE,
                    "its answer contains the caller's number, which must not appear in events: use the pseudonym",
                    requestId, how, ignored);
        }
        Verb followed = answer.verbs().stream().filter(Verb::followed).findFirst().orElseThrow();
        return new Verdict(
                new Answered(
                        answer.instruction().get(),
                        "%s at %s, so %s (%s)".formatted(followed.name(), followed.where(), followed.why(), how),
                        requestId, millis, ignored),
                outcome(answer.instruction().get()));
    }

    public static Verdict failed(Kind kind, String why, String requestId, String how, List<Ignored> ignored) {
        return new Verdict(new Failed("%s (%s)".formatted(why, how), requestId, ignored), kind.code());
    }

    private static String outcome(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Room room -> "room";
            case Instruction.Forward forward -> "forward";
            case Instruction.Refer refer -> "refer";
            case Instruction.Decline decline -> "decline";
            case Instruction.Redirect redirect -> "redirect";
        };
    }

    private static String undecided(List<Verb> verbs) {
        String dials = verbs.stream()
                .filter(Verb::dialNotFollowed)
                .map(verb -> "%s at %s was NOT FOLLOWED: %s".formatted(verb.name(), verb.where(), verb.why()))
                .collect(Collectors.joining("; "));
        return Optional.of(dials)
                .filter(text -> !text.isEmpty())
                .orElse(verbs.isEmpty() ? "its answer has no verbs" : "none of its verbs decides where the call goes");
    }
}
