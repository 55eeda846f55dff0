package dev.trunkline.router.legs;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.directory.RuleTerms;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the first event of an outbound call. Thread-safe. */
public final class LegRoutes {
    private final SealedCallers callers;
    private final SealedTargets targets;
    private final Pseudonyms pseudonyms;
    private final Duration within;
    private final Clock clock;

    /** @param within how long after the decision it must have been admitted */
    public LegRoutes(SealedCallers callers, SealedTargets targets, Pseudonyms pseudonyms, Duration within, Clock clock) {
        this.callers = callers;
        this.targets = targets;
        this.pseudonyms = pseudonyms;
        this.within = within;
        this.clock = clock;
    }

    /** Returns the event: everything that other services need to make the call. */
    CallRouted of(Leg leg, DialDecision.Dial dial) {
        var limits = new Limits(leg.rate(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(dial.limits()));
        // If no agent was requested, none is replaced: whoever is in the room came by another way.
        Optional<WhenAgentLeaves> whenAgentLeaves = leg.agents().isEmpty()
                ? Optional.of(leg.takesPlace() ? WhenAgentLeaves.HANG_UP : WhenAgentLeaves.STAY)
                : Optional.empty();
        return new CallRouted.Builder(leg.callId(), invite(leg, dial), leg.organisation(), leg.number(), leg.rule(), leg.room())
                .agents(leg.agents())
                .config(leg.config())
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(RuleTerms.DEFAULT_PATIENCE_SECONDS)
                .trace(dial.trace())
                .participant(participant(leg, dial))
                .whenAgentLeaves(whenAgentLeaves)
                .build()
                .goingOut(new OutgoingLeg(
                        leg.dialPurpose(), leg.parent(), leg.transfer(),
                        targets.seal(leg.callId(), new DialTarget(dial.user(), dial.callerId(), leg.headers(), leg.extras(), dial.redirects())),
                        leg.ringingSeconds(), longest(leg, dial), dial.trunk().codecs(), srtp(leg, dial), dial.emergency(),
                        leg.agentsStay(), leg.takesPlace() ? Optional.of(true) : Optional.empty(), Optional.empty()));
    }

    /** Adds the headers that the trunk wants; the request takes precedence for the same attributes or the same headers. */
    private static Optional<ParticipantSettings> participant(Leg leg, DialDecision.Dial dial) {
        Map<String, String> asked = leg.participant().flatMap(ParticipantSettings::attributesToHeaders).orElse(Map.of());
        Map<String, String> headers = new HashMap<>(dial.trunk().attributesToHeaders().orElse(Map.of()));
        headers.values().removeIf(header -> asked.values().stream().anyMatch(header::equalsIgnoreCase));
        headers.putAll(asked);
        return headers.isEmpty()
                ? leg.participant()
                : Optional.of(leg.participant().orElseGet(ParticipantSettings::none).telling(headers));
    }

    /** Returns the shorter limit: the request can only shorten the organisation's. An emergency call has none. */
    private static OptionalInt longest(Leg leg, DialDecision.Dial dial) {
        return dial.emergency() ? OptionalInt.empty() : IntStream.concat(leg.longestSeconds().stream(), dial.longestSeconds().stream()).min();
    }

    /** Returns the stricter of what the request wants and what the trunk says. */
    private static SrtpUse srtp(Leg leg, DialDecision.Dial dial) {
        return leg.srtp().filter(wanted -> wanted.compareTo(dial.trunk().srtp()) > 0).orElse(dial.trunk().srtp());
    }

    /** Returns a number as it is shown: without the trunk's name that follows a number of one trunk alone. */
    static String shown(String number) {
        return number.replaceFirst("@.*", "");
    }

    private InviteReceived invite(Leg leg, DialDecision.Dial dial) {
        String sipCallId = leg.callId().toString();
        Map<String, String> headers = leg.headers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        var secrets = new CallerSecrets(
                dial.number(), "", sipCallId, headers, leg.names().identity(), leg.names().name());
        // If a trunk passes on the caller's own number, that number stays sealed.
        String shown = dial.trunk().callerId().number().orElseGet(() -> shown(leg.number()));
        return new InviteReceived(
                leg.callId(), "", dial.trunk().ref(), sipCallId, shown, shown, pseudonyms.ofNumber(dial.number()),
                callers.seal(leg.callId(), secrets), "", "", leg.wantedAt(), clock.instant().plus(within), Optional.empty(), leg.purpose(), Optional.empty());
    }
}
