package dev.trunkline.router.routing;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Ignored;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Continues a decision when its webhook has answered or failed to. */
final class Webhooks {
    /** The most answers that say `redirect`: the deadline of a call is 2 s, and each costs another request. */
    private static final int MOST_REDIRECTS = 2;

    private final RuleTargets destinations;
    private final FallbackChain fallbacks;

    Webhooks(RuleTargets destinations, FallbackChain fallbacks) {
        this.destinations = destinations;
        this.fallbacks = fallbacks;
    }

    Decision resume(Question question, WebhookResult result) {
        Trace trace = new Trace(question.trace());
        return switch (result) {
            case Answered answered -> follow(question, answered, trace);
            case Failed failed -> {
                tellIgnored(failed.ignored(), trace);
                yield fail(question, failed.why(), failed.requestId(), trace);
            }
        };
    }

    private Decision follow(Question question, Answered answered, Trace trace) {
        trace.add("webhook-answered", "%s answered request %s in %d ms; followed: %s."
                .formatted(
                        ShownUrl.key(question.url()), answered.requestId(), answered.millis(),
                        answered.followed()));
        tellIgnored(answered.ignored(), trace);
        Matched matched = question.resume().matched();
        String why = "The webhook said so (request %s).".formatted(answered.requestId());
        return switch (answered.instruction()) {
            case Instruction.Room room -> room(question, room, answered, trace);
            case Instruction.Forward(ForwardPlan plan, Optional<AnswerPolicy> policy) -> destinations.forwards().go(
                    matched, plan, policy.orElse(matched.terms().answerPolicy()), why, trace);
            case Instruction.Refer(String target) -> destinations.redirect(
                    matched, Targets.uri(target),
                    "The webhook said refer (request %s), which before the answer is a redirection."
                            .formatted(answered.requestId()),
                    trace);
            case Instruction.Decline(int status, String text) -> destinations.decline(
                    matched, status,
                    text.isEmpty() ? why : "The webhook said so (request %s): %s".formatted(answered.requestId(), text),
                    trace);
            case Instruction.Redirect(URI url) -> redirect(question, url, answered, trace);
        };
    }

    private Decision room(Question question, Instruction.Room room, Answered answered, Trace trace) {
        Matched matched = question.resume().matched();
        Optional<String> missing = Allowance.missing(matched, room);
        if (missing.isPresent()) {
            trace.add(WebhookResult.NOT_ALLOWED, "The answer to request %s is not followed: %s."
                    .formatted(answered.requestId(), missing.get()));
            return fallbacks.take(matched, trace);
        }
        return destinations.room(matched, plan(matched.terms(), room), trace);
    }

    private Decision redirect(Question question, URI url, Answered answered, Trace trace) {
        if (question.redirects() >= MOST_REDIRECTS) {
            return fail(
                    question, "it redirected for the third time, and only two redirections are followed", answered.requestId(), trace);
        }
        return destinations.ask(
                question.resume().matched(), url, question.secret(), question.redirects() + 1, trace);
    }

    private Decision fail(Question question, String why, String requestId, Trace trace) {
        trace.add("webhook-failed", "%s gave no usable answer to request %s: %s."
                .formatted(ShownUrl.key(question.url()), requestId, why));
        return fallbacks.take(question.resume().matched(), trace);
    }

    private static RuleTargets.RoomPlan plan(RuleTerms terms, Instruction.Room room) {
        List<Agent> agents = room.agents().isEmpty() ? terms.agents() : room.agents();
        String metadata = room.metadata().isEmpty() ? terms.metadata() : room.metadata();
        return new RuleTargets.RoomPlan(
                room.room(), "The webhook named the room %s.".formatted(room.room()), room.mustExist(), false, agents,
                metadata, Optional.of(room.config()).filter(config -> !config.isEmpty()),
                room.answerPolicy().orElse(terms.answerPolicy()), terms.patienceSeconds(), terms.fallback());
    }

    private static void tellIgnored(List<Ignored> ignored, Trace trace) {
        ignored.forEach(verb -> trace.add(
                verb.dial() ? "dial-not-followed" : "webhook-ignored",
                "%s: %s: %s.".formatted(verb.dial() ? "NOT FOLLOWED" : "Ignored", verb.verb(), verb.why())));
    }
}
