package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.router.rules.Forwards;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The outcome of asking a webhook. */
public sealed interface WebhookResult {
    /** The trace step for a room or agent that was named and does not belong to the organisation. */
    String NOT_ALLOWED = "webhook-not-allowed";

    /** Returns the id of the request in the logs of both sides. */
    String requestId();

    /**
     * A usable answer.
     *
     * @param instruction the one that is followed
     * @param followed the verb that it comes from, as the organisation wrote it
     * @param millis from the request to the answer
     * @param ignored the other contents of the answer, and why they are not followed
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
     * @param ignored the contents of the answer, and why they are not followed
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

        /** Returns whether the organisation believes that a phone is ringing. */
        public boolean dial() {
            return verb.equals("dial") || verb.startsWith("dial ");
        }
    }

    /** What an organisation's webhook may request. */
    sealed interface Instruction {

        /**
         * To a room.
         *
         * @param room its name
         * @param mustExist the room is not created for the call
         * @param agents replace the rule's; empty for the rule's
         * @param metadata replaces the rule's; empty for the rule's
         * @param config merged over the number's configuration
         * @param answerPolicy replaces the rule's
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

        /** To other people, by outbound calls. @param answerPolicy replaces the rule's */
        record Forward(ForwardPlan plan, Optional<AnswerPolicy> answerPolicy) implements Instruction {

            /** Returns a forward to one target, a SIP URI or a number, with everything else as the rule has it. */
            public static Forward to(String target) {
                return new Forward(Forwards.one(target), Optional.empty());
            }
        }

        /** To a SIP address or number by REFER; before the call is answered, that is a redirection of the INVITE. */
        record Refer(String target) implements Instruction {}

        /** @param status SIP status, 400 to 699 @param text the organisation's own words, empty for none */
        record Decline(int status, String text) implements Instruction {}

        /** Ask at this URL instead. */
        record Redirect(URI url) implements Instruction {}
    }
}
