package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import java.util.List;
import java.util.Optional;

/** What becomes of a call, and the steps that led there. */
public sealed interface Decision {

    List<TraceStep> trace();

    /** The call goes to a room. Fields as in {@link dev.trunkline.events.CallRouted}. */
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
            List<TraceStep> trace)
            implements Decision {}

    /** @param organisation who has the called number, where somebody does */
    record Refuse(RefusalReason reason, Optional<OrganisationRef> organisation, List<TraceStep> trace)
            implements Decision {}
}
