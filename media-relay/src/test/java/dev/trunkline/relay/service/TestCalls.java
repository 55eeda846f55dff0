package dev.trunkline.relay.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.SuiteKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Admitted calls as the limiter would publish them. */
public final class TestCalls {
    public static final String CALLER = "+3225559999";
    public static final String CALLED = "+3225550100";
    /** The edge's sealer. */
    public static final Sealer SEALER = new Sealer(SuiteKeys.parse("seal", Surroundings.SEAL_KEY), new SecureRandom());
    private static final SealedCallers SEALED = new SealedCallers(SEALER);
    private static final SealedTargets TARGETS = new SealedTargets(SEALER);

    private TestCalls() {}

    public static CallAdmitted admitted(String room, String offer) {
        return admitted(new CallId(UUID.randomUUID()), room, offer);
    }

    /** Returns a call whose id must be known before its offer. */
    public static CallAdmitted admitted(CallId callId, String room, String offer) {
        return admitted(callId, room, offer, Optional.empty(), false, false, Optional.empty());
    }

    public static CallAdmitted withPin(String room, String offer, String pin) {
        return admitted(room, offer, Optional.empty(), true, false, Optional.of(pin));
    }

    /** Returns a call whose id must be known because it determines the partition. */
    static CallAdmitted withPin(CallId callId, String room, String offer, String pin) {
        return admitted(callId, room, offer, Optional.empty(), true, false, Optional.of(pin));
    }

    public static CallAdmitted toARoomThatMustExist(String room, String offer) {
        return admitted(room, offer, Optional.empty(), true, true, Optional.empty());
    }

    public static CallAdmitted as(ParticipantSettings participant, String room, String offer) {
        return admitted(room, offer, Optional.of(participant), false, false, Optional.empty());
    }

    private static CallAdmitted changed(CallAdmitted call, UnaryOperator<CallRouted.Builder> change) {
        return new CallAdmitted(call.callId(), change.apply(call.route().toBuilder()).build(), call.counts(), call.leaseSeconds());
    }

    /** Returns the same call for a trunk whose media may come from anywhere. */
    static CallAdmitted fromAnywhere(CallAdmitted call) {
        return changed(call, route -> route.mediaFrom(Optional.of(MediaFrom.ANYWHERE)));
    }

    /** Returns the same call for a rule with this behaviour when all agents have left, and with this patience. */
    static CallAdmitted whenAgentLeaves(WhenAgentLeaves what, int patienceSeconds, CallAdmitted call) {
        return changed(call, route -> route.whenAgentLeaves(Optional.of(what)).patienceSeconds(patienceSeconds));
    }

    /** Returns the same call for a rule that states what to wait for. */
    static CallAdmitted waitingFor(WaitFor what, CallAdmitted call) {
        return changed(call, route -> route.waitFor(Optional.of(what)));
    }

    /** Returns the same call for a rule of type desk with this fallback. */
    static CallAdmitted atDesk(CallAdmitted call, Fallback... fallback) {
        return changed(call, route -> route.agents(List.of()).fallback(List.of(fallback))
                .entry(Optional.of(new RoomEntry(false, true, Optional.empty()))));
    }

    /** Returns the same call for a number with this configuration. */
    static CallAdmitted configured(ObjectNode config, CallAdmitted call) {
        return changed(call, route -> route.config(config));
    }

    /** Returns the same call for a rule that forwards its callers: there are no agents. */
    static CallAdmitted forwarded(ForwardPlan plan, CallAdmitted call) {
        return changed(call, route -> route.agents(List.of()).forward(Optional.of(plan)));
    }

    /** Returns the same call as an outbound call: its caller is the party that is called. */
    static CallAdmitted goingOut(OutgoingLeg leg, CallAdmitted call) {
        return new CallAdmitted(call.callId(), call.route().goingOut(leg), call.counts(), call.leaseSeconds());
    }

    /** Returns how a transfer target is called: no codec is preferred. */
    static OutgoingLeg leg(DialPurpose purpose, Optional<CallId> parent, SrtpUse srtp) {
        return new OutgoingLeg(
                purpose, parent, parent.map(any -> "transfer-1"), "v1.target", 30, OptionalInt.empty(), List.of(), srtp, false,
                false, Optional.empty(), Optional.empty());
    }

    /** Returns the same leg with these extras and with a target to call. */
    static OutgoingLeg having(DialExtras extras, CallId callId, OutgoingLeg leg) {
        return new OutgoingLeg(
                leg.purpose(), leg.parent(), leg.transfer(), TARGETS.seal(callId, new DialTarget(CALLED, "", Map.of(), extras, Optional.empty())),
                leg.ringingSeconds(), leg.longestSeconds(), leg.codecs(), leg.srtp(), leg.emergency(), leg.agentsStay(), leg.successor(), Optional.empty());
    }

    /** Returns what the called party answered, as the edge seals it. */
    static String answer(CallId callId, AnswerSecrets answer) {
        return TARGETS.seal(callId, answer);
    }

    private static CallAdmitted admitted(
            String room,
            String offer,
            Optional<ParticipantSettings> participant,
            boolean entry,
            boolean mustExist,
            Optional<String> pin) {
        return admitted(new CallId(UUID.randomUUID()), room, offer, participant, entry, mustExist, pin);
    }

    private static CallAdmitted admitted(
            CallId callId,
            String room,
            String offer,
            Optional<ParticipantSettings> participant,
            boolean entry,
            boolean mustExist,
            Optional<String> pin) {
        var secrets = new CallerSecrets(CALLER, "Ann", "sip-call-id@pbx", Map.of("x-account", "42"));
        var invite = new InviteReceived(
                callId, "edge-t", new TrunkRef("trunk-1", "demo"), "masked@pbx", CALLED, CALLED,
                new Caller("0".repeat(64), false), SEALED.seal(callId, secrets), offer, "127.0.0.1:5060",
                Instant.now(), Instant.now().plusSeconds(2));
        var route = new CallRouted.Builder(callId, invite, new OrganisationRef("org-1", "Demo"), CALLED, new RuleRef(pin.isPresent() ? "rule-of-" + room : "rule-1", "all"), room)
                .agents(List.of(new Agent("demo", "")))
                .config(EventJson.MAPPER.createObjectNode().put("greeting", "hello"))
                .limits(new Limits(new Limits.CallerRate(10, 3_600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty()))
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(10)
                .trace(List.of(new TraceStep("rule-matched", "Rule all takes the call.")))
                .participant(participant)
                .entry(entry
                        ? Optional.of(new RoomEntry(mustExist, false, pin.map(digits ->
                                SEALED.seal(callId, new CallerSecrets(digits, "", "", Map.of())))))
                        : Optional.empty())
                .build();
        return new CallAdmitted(callId, route, List.of(new AdmissionCount("suite", 1, OptionalInt.empty())), 30);
    }
}
