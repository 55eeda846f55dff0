package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What becomes of a call, and the steps that led there. */
public sealed interface Decision {

    List<TraceStep> trace();

    /** The call goes to a room, to agents or, with {@code forward}, to those who are called into it. Fields as in {@link dev.trunkline.events.CallRouted}. */
    record Route(
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String room,
            List<Agent> agents,
            ObjectNode config,
            Limits limits,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            Optional<ParticipantSettings> participant,
            Entry entry,
            List<Fallback> fallback,
            MediaFrom mediaFrom,
            Optional<WhenAgentLeaves> whenAgentLeaves,
            Optional<WaitFor> waitFor,
            boolean warm,
            Optional<ForwardPlan> forward,
            Optional<Announcement> announcement,
            List<TraceStep> trace)
            implements Decision {}

    /** The caller's side is told to call a SIP address itself. @param why one sentence: the rule or the webhook that said so */
    record Redirect(
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String target,
            String why,
            List<TraceStep> trace)
            implements Decision {}

    /**
     * @param status instead of the reason's own, where an organisation chose one
     * @param organisation who has the called number, where somebody does
     * @param number that was called, where somebody has it
     * @param rule that took the call, where one did
     * @param closer a sentence that says more than the reason's own, where there is one
     */
    record Refuse(
            RefusalReason reason,
            OptionalInt status,
            Optional<OrganisationRef> organisation,
            Optional<String> number,
            Optional<RuleRef> rule,
            Optional<String> closer,
            List<TraceStep> trace)
            implements Decision {

        /** Of a call that a rule took. @param status instead of the reason's own */
        static Refuse of(Matched matched, RefusalReason reason, OptionalInt status, Trace trace) {
            return new Refuse(
                    reason, status, Optional.of(matched.organisation().ref()), Optional.of(matched.calledNumber()),
                    Optional.of(matched.rule().ref()), Optional.empty(), trace.steps());
        }

        /** One sentence, for people: the reason's own, or one that is closer. */
        public String sentence() {
            return closer.orElse(reason.sentence());
        }

        /** The status of the final response. */
        public int answer() {
            return status.orElse(reason.status());
        }
    }

    /** Nobody knows yet: the organisation's webhook has to be asked, and {@link Routing#resume} goes on. */
    record Ask(Question question) implements Decision {

        @Override
        public List<TraceStep> trace() {
            return question.trace();
        }
    }
}
