package dev.trunkline.router.rules;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.fields.Fields;
import java.time.Duration;

/**
 * Limits how long a rule lets a caller wait before the answer: the wait must be over before the edge gives up on a
 * ringing call, or the rule's last steps are never tried. Checked when a rule is written, not when a stored one is
 * read. Pure.
 *
 * @param longest how long the edges let a call ring, 1 s or more
 */
public record LongestRinging(Duration longest) {
    /** The limit of an edge whose {@code TRUNKLINE_SIP_RINGING_TIMEOUT} is not set. */
    public static final LongestRinging USUAL = new LongestRinging(Duration.ofSeconds(180));

    public LongestRinging {
        if (longest.toSeconds() < 1) {
            throw new IllegalArgumentException("TRUNKLINE_ROUTING_LONGEST_RINGING is " + longest + ": write 1s or more, as the edges'"
                    + " TRUNKLINE_SIP_RINGING_TIMEOUT");
        }
    }

    /** @param fields of the rule, which receive the fault */
    public void check(Fields fields, RuleTerms terms) {
        // With a PIN, a call is answered before anyone is requested.
        if (terms.answerPolicy() == AnswerPolicy.ON_AGENT && terms.pin().isEmpty()) {
            check(fields, terms.destination(), "", terms);
        }
    }

    private void check(Fields fields, Destination destination, String path, RuleTerms terms) {
        switch (destination) {
            case Destination.Forward forward ->
                    judge(fields, path + "forward_to", Forwards.ringSeconds(forward.plan()), "all its rounds, one after the other");
            case Destination.Scheduled scheduled -> {
                check(fields, scheduled.open(), "schedule.open.", terms);
                // Patience and fallback belong to the rule: a fault in them applies to both destinations.
                if (!asks(scheduled.open()) || !asks(scheduled.closed())) {
                    check(fields, scheduled.closed(), "schedule.else.", terms);
                }
            }
            case Destination.Room room -> agents(fields, terms);
            case Destination.Desk desk -> agents(fields, terms);
            case Destination.Webhook webhook -> agents(fields, terms);
            case Destination.Redirect redirect -> {}
            case Destination.Refuse refuse -> {}
        }
    }

    /** Returns whether an agent is requested, with the rule's patience. */
    private static boolean asks(Destination destination) {
        return destination instanceof Destination.Room || destination instanceof Destination.Desk || destination instanceof Destination.Webhook;
    }

    private void agents(Fields fields, RuleTerms terms) {
        int steps = terms.fallback().stream().mapToInt(step -> seconds(step, terms)).sum();
        judge(fields, steps == 0 ? "patience_seconds" : "fallback", terms.patienceSeconds() + steps,
                steps == 0 ? "the patience" : "the patience and the steps of the fallback");
    }

    /** A step that neither rings nor requests an agent takes no time before the answer, or is skipped then. */
    private static int seconds(Fallback step, RuleTerms terms) {
        return switch (step.kind()) {
            case AGENT -> step.patienceSeconds() > 0 ? step.patienceSeconds() : terms.patienceSeconds();
            case FORWARD -> step.patienceSeconds() > 0 ? step.patienceSeconds() : Forwards.RING_SECONDS;
            case REFER, ANNOUNCEMENT, VOICEMAIL, REFUSE -> 0;
        };
    }

    private void judge(Fields fields, String field, int seconds, String what) {
        if (seconds >= longest.toSeconds()) {
            fields.fault(field, ("the caller hears ringing for up to %d s (%s), and the edge gives up a call that rings for %d s"
                    + " (TRUNKLINE_ROUTING_LONGEST_RINGING here, TRUNKLINE_SIP_RINGING_TIMEOUT there): write shorter times or fewer"
                    + " steps, or answer_policy: immediate").formatted(seconds, what, longest.toSeconds()));
        }
    }
}
