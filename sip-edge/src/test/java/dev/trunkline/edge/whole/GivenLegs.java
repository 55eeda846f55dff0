package dev.trunkline.edge.whole;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.destinations.Redirects;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.GivenHeaders;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TransferTarget;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Outbound calls as router and limiter admit them. */
final class GivenLegs {
    static final String TARGET = "+3225550111";
    static final String SHOWN = "+3225550100";
    private static final SealedTargets SEALS = new SealedTargets(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()));

    private static final DialExtras EXTRAS = new DialExtras("Acme", "", false, DialExtras.X_HEADERS, Map.of("Server", "phone"));

    private GivenLegs() {}

    /** Opens the secrets of the answer that the edge published. */
    static AnswerSecrets answer(CallAnswered answered) {
        return SEALS.answer(answered.callId(), answered.sealedAnswer().orElseThrow());
    }

    /** @param parent call whose transfer the outbound call serves */
    static CallRouted route(String trunk, int ringingSeconds, Optional<CallId> parent, boolean agentsStay, Instant deadline) {
        return route(trunk, ringingSeconds, parent.isPresent() ? DialPurpose.TRANSFER : DialPurpose.DIAL, parent, "transfer-1", agentsStay, deadline);
    }

    /** Returns the route of one outbound call that rings on behalf of a caller. @param transfer of the parent */
    static CallRouted forward(String trunk, CallId parent, String transfer) {
        return route(trunk, 30, DialPurpose.FORWARD, Optional.of(parent), transfer, false, Instant.now().plusSeconds(2));
    }

    /** Returns the route of an outbound call that a 3xx may redirect. */
    static CallRouted redirected(String trunk, Redirects redirects) {
        return route(trunk, 30, DialPurpose.DIAL, Optional.empty(), "", false, Instant.now().plusSeconds(2), Optional.of(redirects));
    }

    private static CallRouted route(
            String trunk, int ringingSeconds, DialPurpose purpose, Optional<CallId> parent, String transfer, boolean agentsStay, Instant deadline) {
        return route(trunk, ringingSeconds, purpose, parent, transfer, agentsStay, deadline, Optional.empty());
    }

    private static CallRouted route(
            String trunk, int ringingSeconds, DialPurpose purpose, Optional<CallId> parent, String transfer, boolean agentsStay, Instant deadline,
            Optional<Redirects> redirects) {
        var id = new CallId(UUID.randomUUID());
        var leg = new OutgoingLeg(
                purpose, parent, parent.map(of -> transfer),
                SEALS.seal(id, new DialTarget(TARGET, SHOWN, Map.of("X-Ticket", "4711", "Via", "evil"), EXTRAS, redirects)), ringingSeconds,
                OptionalInt.empty(), List.of(), SrtpUse.OFF, false, agentsStay, Optional.empty(), Optional.empty());
        var invite = new InviteReceived(id, "", new TrunkRef(trunk, trunk), "leg-" + id + "@suite", SHOWN, "", new Caller("00", false),
                "v1.x", "", "", deadline.minusSeconds(2), deadline);
        var limits = new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        return new CallRouted.Builder(id, invite, new OrganisationRef("o", "demo"), SHOWN, new RuleRef("r", "rule"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .build().goingOut(leg);
    }

    static CallRouted route(String trunk, int ringingSeconds) {
        return route(trunk, ringingSeconds, Optional.empty(), false, Instant.now().plusSeconds(2));
    }

    /** Returns a transfer target as the router seals it. */
    static String sealed(CallId call, String to) {
        return SEALS.seal(call, new TransferTarget(to));
    }

    /** Returns the headers for a BYE or a REFER as the relay seals them. */
    static String sealed(CallId call, Map<String, String> headers) {
        return SEALS.seal(call, new GivenHeaders(headers));
    }

    /** Admits the outbound call. */
    static Envelope admit(PlayedSuite suite, CallRouted route) throws Exception {
        return suite.say(suite.say(route), new CallAdmitted(route.callId(), route, List.of(), 30));
    }

    /** Admits the outbound call, and a relay takes it. */
    static Envelope dial(PlayedSuite suite, CallRouted route) throws Exception {
        return suite.mediaReady(admit(suite, route), 0, PlayedSuite.ANSWER);
    }
}
