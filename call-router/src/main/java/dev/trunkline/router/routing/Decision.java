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

/** The outcome of a call, and the steps that led to it. */
public sealed interface Decision {

    List<TraceStep> trace();

    /**
     * The call goes to a room: to agents or, with {@code forward}, to people who are called into it. Fields as in
     * {@link dev.trunkline.events.CallRouted}.
     */
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

    /** The caller's side is told to call a SIP address itself. @param why one sentence: the rule or the webhook that says so */
    record Redirect(
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String target,
            String why,
            List<TraceStep> trace)
            implements Decision {}

    /**
     * @param status replaces the reason's own, where an organisation chose one
     * @param organisation the organisation that has the called number, if any
     * @param number the called number, if any organisation has it
     * @param rule the rule that took the call, if any
     * @param closer a sentence that says more than the reason's own, if there is one
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

        /** Returns the refusal of a call that a rule took. @param status replaces the reason's own */
        static Refuse of(Matched matched, RefusalReason reason, OptionalInt status, Trace trace) {
            return new Refuse(
                    reason, status, Optional.of(matched.organisation().ref()), Optional.of(matched.calledNumber()),
                    Optional.of(matched.rule().ref()), Optional.empty(), trace.steps());
        }

        /** Returns one sentence for people: the reason's own, or a more specific one. */
        public String sentence() {
            return closer.orElse(reason.sentence());
        }

        /** Returns the status of the final response. */
        public int answer() {
            return status.orElse(reason.status());
        }
    }

    /** Not decided yet: the organisation's webhook has to be asked first, and {@link Routing#resume} continues. */
    record Ask(Question question) implements Decision {

        @Override
        public List<TraceStep> trace() {
            return question.trace();
        }
    }
}
