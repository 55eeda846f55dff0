package dev.trunkline.router.live;

import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.router.problem.Refused;
import java.util.Optional;

/**
 * Which live calls are requested.
 *
 * @param organisation by name
 * @param number under which the call was counted
 * @param after id of the last call of the previous page
 * @param limit the most calls of a page, 1 to {@link #MOST}
 */
record LiveFilter(Optional<String> organisation, Optional<String> number, Optional<String> after, int limit) {
    static final int MOST = 1_000;
    private static final int PAGE = 100;

    /** @throws Refused for invalid paging parameters */
    static LiveFilter of(
            Optional<String> organisation, Optional<String> number, Optional<String> after, Optional<String> limit) {
        return new LiveFilter(organisation, number, after.map(LiveFilter::callId), limit.map(LiveFilter::most).orElse(PAGE));
    }

    boolean takes(LiveCall call, String organisationName) {
        return organisation.filter(name -> !name.equals(organisationName)).isEmpty()
                && number.filter(called -> !called.equals(call.number())).isEmpty();
    }

    private static String callId(String text) {
        try {
            return CallId.of(text).toString();
        } catch (IllegalArgumentException e) {
            throw Refused.malformed("Write the id of a call as after: the `next` of the previous page.");
        }
    }

    private static int most(String text) {
        try {
            int most = Integer.parseInt(text);
            if (most >= 1 && most <= MOST) {
                return most;
            }
        } catch (NumberFormatException e) {
            // As wrong as a number that is too large.
        }
        throw Refused.malformed("Write limit from 1 to " + MOST + ".");
    }
}
