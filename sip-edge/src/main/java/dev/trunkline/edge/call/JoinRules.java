package dev.trunkline.edge.call;

import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import java.util.Optional;

/**
 * Decides whether two calls may be joined because a phone asks for it in one of them. A phone that can name a dialog has seen it, but
 * that gives it no right to hear the other party: both calls must be of one organisation, and lead to one trunk or address.
 */
public final class JoinRules {
    private static final int BAD = 400;
    private static final int UNAVAILABLE = 480;
    private static final int BUSY = 486;
    private static final int DECLINED = 603;

    private JoinRules() {}

    /**
     * One of the two calls.
     *
     * @param early neither answered nor over
     * @param organisation empty if it is not known
     * @param trunk id of the trunk by which the call came or went
     * @param address from which its INVITE, or the 2xx to ours, came
     * @param room empty if it is in none
     * @param consulting whether it is an outbound call that so far only speaks with an agent
     */
    public record Side(
            CallId id, boolean early, Optional<OrganisationRef> organisation, Optional<String> trunk, Optional<String> address,
            Optional<String> room, boolean consulting) {}

    /** @param status for the REFER @param why a sentence */
    public record Objection(int status, String why) {}

    /** @param asking the call whose phone asks @param earlyOnly whether the other call is no longer meant once it is answered */
    public static Optional<Objection> objection(Side asking, Side other, boolean earlyOnly) {
        if (asking.id().equals(other.id())) {
            return objection(BAD, "A call cannot be joined with itself.");
        }
        if (asking.organisation().isEmpty() || !asking.organisation().equals(other.organisation())) {
            return objection(DECLINED, "The call to be replaced does not belong to the same organisation.");
        }
        if (!same(asking.trunk(), other.trunk()) && !same(asking.address(), other.address())) {
            return objection(DECLINED, "The call to be replaced belongs to another trunk.");
        }
        if (other.early()) {
            return objection(UNAVAILABLE, "The call to be replaced is not answered.");
        }
        if (earlyOnly) {
            return objection(BUSY, "The call to be replaced is already answered.");
        }
        if (asking.consulting() || other.consulting()) {
            return objection(DECLINED, "Its phone is being asked whether it takes a caller, and has no caller yet.");
        }
        return same(asking.room(), other.room())
                ? objection(DECLINED, "The two calls are in one room: their parties already hear each other.")
                : Optional.empty();
    }

    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.isPresent() && one.equals(other);
    }

    private static Optional<Objection> objection(int status, String why) {
        return Optional.of(new Objection(status, why));
    }
}
