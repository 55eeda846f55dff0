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

/** Writes the first event of a call out. Thread-safe. */
public final class LegRoutes {
    private final SealedCallers callers;
    private final SealedTargets targets;
    private final Pseudonyms pseudonyms;
    private final Duration within;
    private final Clock clock;

    /** @param within how long after the decision it must have been let in */
    public LegRoutes(SealedCallers callers, SealedTargets targets, Pseudonyms pseudonyms, Duration within, Clock clock) {
        this.callers = callers;
        this.targets = targets;
        this.pseudonyms = pseudonyms;
        this.within = within;
        this.clock = clock;
    }

    /** The event: all that others need to make the call. */
    CallRouted of(Leg leg, DialDecision.Dial dial) {
        var limits = new Limits(leg.rate(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(dial.limits()));
        // Where nobody was asked for, nobody is replaced: who is in the room came by another way.
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

    /** With the headers that the trunk wants; what whoever asks says of the same attributes or the same headers counts before it. */
    private static Optional<ParticipantSettings> participant(Leg leg, DialDecision.Dial dial) {
        Map<String, String> asked = leg.participant().flatMap(ParticipantSettings::attributesToHeaders).orElse(Map.of());
        Map<String, String> headers = new HashMap<>(dial.trunk().attributesToHeaders().orElse(Map.of()));
        headers.values().removeIf(header -> asked.values().stream().anyMatch(header::equalsIgnoreCase));
        headers.putAll(asked);
        return headers.isEmpty()
                ? leg.participant()
                : Optional.of(leg.participant().orElseGet(ParticipantSettings::none).telling(headers));
    }

    /** Whoever asks may want less than the organisation may have, and never gets more; nothing ends an emergency call. */
    private static OptionalInt longest(Leg leg, DialDecision.Dial dial) {
        return dial.emergency() ? OptionalInt.empty() : IntStream.concat(leg.longestSeconds().stream(), dial.longestSeconds().stream()).min();
    }

    /** The stricter of what is wanted and what the trunk says. */
    private static SrtpUse srtp(Leg leg, DialDecision.Dial dial) {
        return leg.srtp().filter(wanted -> wanted.compareTo(dial.trunk().srtp()) > 0).orElse(dial.trunk().srtp());
    }

    /** A number as it is shown: one that is a single trunk's has that trunk's name behind it. */
    static String shown(String number) {
        return number.replaceFirst("@.*", "");
    }

    private InviteReceived invite(Leg leg, DialDecision.Dial dial) {
        String sipCallId = leg.callId().toString();
        Map<String, String> headers = leg.headers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        var secrets = new CallerSecrets(
                dial.number(), "", sipCallId, headers, leg.names().identity(), leg.names().name());
        // What a trunk passes of the caller's own stays sealed.
        String shown = dial.trunk().callerId().number().orElseGet(() -> shown(leg.number()));
        return new InviteReceived(
                leg.callId(), "", dial.trunk().ref(), sipCallId, shown, shown, pseudonyms.ofNumber(dial.number()),
                callers.seal(leg.callId(), secrets), "", "", leg.wantedAt(), clock.instant().plus(within), Optional.empty(), leg.purpose());
    }
}
