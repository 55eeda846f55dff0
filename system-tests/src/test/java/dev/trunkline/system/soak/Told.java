package dev.trunkline.system.soak;

import java.util.List;

/**
 * The events of one call.
 *
 * @param callId the suite's id
 * @param sipCallId its SIP Call-ID, with stars for digits that it shares with the caller's number; empty for an outbound call
 * @param kinds of its events in order, without heartbeats
 * @param last its last events, of which there should be one
 */
record Told(String callId, String sipCallId, List<String> kinds, List<Last> last) {
    Told {
        kinds = List.copyOf(kinds);
        last = List.copyOf(last);
    }

    /**
     * A last event.
     *
     * @param refused whether it is {@code call.rejected}
     * @param answered whether the call had been answered
     */
    record Last(boolean refused, boolean answered, String code) {
        /** Returns the outcome that the console's history has to show. */
        String outcome() {
            if (refused) {
                return "refused";
            }
            return answered ? "answered" : "unanswered";
        }

        @Override
        public String toString() {
            return (refused ? "rejected " : "ended ") + code;
        }
    }
}
