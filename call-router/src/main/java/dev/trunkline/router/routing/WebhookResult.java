package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.router.rules.Forwards;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What came of asking a webhook. */
public sealed interface WebhookResult {
    /** The step of a trace that tells of a room or agent that was named and is not the organisation's. */
    String NOT_ALLOWED = "webhook-not-allowed";

    /** The id under which the request stands in the logs of both sides. */
    String requestId();

    /**
     * A usable answer.
     *
     * @param instruction the one that is followed
     * @param followed the verb that it comes from, as the organisation wrote it
     * @param millis from the request to the answer
     * @param ignored what else stood in the answer, and why it is not followed
     */
    record Answered(
            Instruction instruction, String followed, String requestId, long millis, List<Ignored> ignored)
            implements WebhookResult {
        public Answered {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * No usable answer. @param why one sentence, for the organisation
     *
     * @param ignored what stood in the answer, and why it is not followed
     */
    record Failed(String why, String requestId, List<Ignored> ignored) implements WebhookResult {
        public Failed {
            ignored = List.copyOf(ignored);
        }

        public Failed(String why, String requestId) {
            this(why, requestId, List.of());
        }
    }

    /** @param verb as the organisation wrote it, shortened @param why one sentence */
    record Ignored(String verb, String why) {

        /** Whether the organisation believes that somebody's telephone rings. */
        public boolean dial() {
            return verb.equals("dial") || verb.startsWith("dial ");
        }
    }

    /** What an organisation's webhook may ask for. */
    sealed interface Instruction {

        /**
         * Into a room.
         *
         * @param room its name
         * @param mustExist the room is not made for the call
         * @param agents instead of the rule's; empty for the rule's
         * @param metadata instead of the rule's; empty for the rule's
         * @param config laid over the merged configuration
         * @param answerPolicy instead of the rule's
         */
        record Room(
                String room,
                boolean mustExist,
                List<Agent> agents,
                String metadata,
                ObjectNode config,
                Optional<AnswerPolicy> answerPolicy)
                implements Instruction {
            public Room {
                agents = List.copyOf(agents);
            }
        }

        /** On to others, by calls out. @param answerPolicy instead of the rule's */
        record Forward(ForwardPlan plan, Optional<AnswerPolicy> answerPolicy) implements Instruction {

            /** On to one, a SIP URI or a number, with everything else as the rule has it. */
            public static Forward to(String target) {
                return new Forward(Forwards.one(target), Optional.empty());
            }
        }

        /** To a SIP address or number by REFER; before the call is answered that is a redirection of the INVITE. */
        record Refer(String target) implements Instruction {}

        /** @param status SIP status, 400 to 699 @param text the organisation's own words, empty for none */
        record Decline(int status, String text) implements Instruction {}

        /** Ask there. */
        record Redirect(URI url) implements Instruction {}
    }
}
