package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.sip.message.OutgoingRequest;
import java.util.Map;
import java.util.Optional;

/** What can happen to the INVITE of an outbound call. A gateway is {@code host} or {@code host:port}. */
public sealed interface LegInput extends CallInput {

    /** A provisional response, including 100. @param answer its session description, scrubbed */
    record Progressed(String gateway, int status, Optional<String> answer) implements LegInput {}

    /**
     * The first 2xx.
     *
     * @param ack to be sent for it, with the credentials of the INVITE
     * @param answer its session description, scrubbed
     * @param timer what it says about session timers
     * @param headers those that are wanted, lower-case name to value
     */
    record Accepted(
            String gateway, Dialog dialog, OutgoingRequest ack, Optional<String> answer, TimerHeaders timer, Map<String, String> headers)
            implements LegInput {
        public Accepted(String gateway, Dialog dialog, OutgoingRequest ack, Optional<String> answer, TimerHeaders timer) {
            this(gateway, dialog, ack, answer, timer, Map.of());
        }
    }

    /**
     * The first 2xx of a leg that came too late: another leg that rings for the same caller answered first.
     *
     * @param ack to be sent for it
     */
    record Beaten(String gateway, Dialog dialog, OutgoingRequest ack) implements LegInput {}

    /** A 2xx of another phone, or of a gateway that was abandoned: it is acknowledged and ended, in whatever state the call is. */
    record Forked(Dialog dialog, OutgoingRequest ack) implements LegInput {}

    /**
     * No gateway took it.
     *
     * @param gateway that answered last; empty if none was tried
     * @param status of the final response; 408 if there was none, 503 if no gateway could be reached
     * @param why a sentence, if more is known than the status says; never a number
     */
    record Failed(String gateway, int status, Optional<String> why) implements LegInput {}
}
