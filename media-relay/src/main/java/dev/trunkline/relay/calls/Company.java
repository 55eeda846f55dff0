package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.WaitFor;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who keeps a caller company: one participant of the room at a time counts as the one who answers. When that participant leaves,
 * another who is there takes over, or the caller is alone. Pure; used in the call's queue only.
 *
 * <pre>
 *   NOBODY --somebody answers, and may: joined---------> ANSWERED --leaves--> [held back -->] left --others are there: joined--> ANSWERED
 *      ^                                                     ^                    |    `-- nobody: left, alone --> NOBODY
 *      |                                                     `---the same again---'
 * </pre>
 *
 * To answer means to listen to the caller or, unless the rule waits for listening alone, to publish audio that the caller can hear. A
 * published track is reported once it is subscribed to, so that nothing of it is lost from then on. LiveKit does not say who listens.
 *
 * Who counts: agents and people always, recorders and feeds never. Another caller counts if the rule lets callers stay by
 * themselves, and in a room for which no agent is asked as long as nobody but callers has answered there: that room is where
 * callers meet. Elsewhere another caller waits for the same agent and is no answer.
 *
 * The target of a hand-over (an outbound call into the same room) answers from then on, whoever else is there or leaves. An outbound
 * call that nobody has answered yet does not count.
 *
 * If a person wants to give the caller back, an agent who has come answers in place of that person, who may still be there: see
 * {@link #agentWanted}.
 *
 * A leave whose reason means that the participant comes back at once, or that the room itself is going, is held back: a second agent beside
 * the first, or a call that ends because of a network change, is worse than a few seconds of the waiting sound. The same holds for
 * whoever answered a call that is taken over from a lost relay: if nobody answers here by then, that one has left.
 */
final class Company {
    /** What is to be reported. */
    sealed interface News {
        /** Somebody answers now. @param first whether it is the first time in the call */
        record Joined(RemoteParticipant who, boolean first) implements News {}

        /**
         * The participant who answered has left.
         *
         * @param stayedMillis since it was reported that this one answers
         * @param alone whether nobody is left who could answer
         */
        record Left(RemoteParticipant who, DisconnectReason why, long stayedMillis, boolean alone) implements News {}
    }

    private record Answering(RemoteParticipant who, long sinceMillis) {}

    /** @param sure whether LiveKit said so; otherwise the participant who answered was only missing when the room was entered again */
    private record Gone(DisconnectReason why, boolean sure, long sinceMillis) {}

    private final WaitFor waitFor;
    private final boolean callersStay;
    private final boolean agentsAreAsked;
    private final boolean forwarded;
    private final long heldBackMillis;
    private boolean somebodyListens;
    /** Publishers of the subscribed tracks: participant by track. */
    private final Map<String, String> publishers = new HashMap<>();
    private boolean answeredByOthersThanCallers;
    private boolean everAnswered;
    private boolean agentWanted;
    private Optional<Answering> answering = Optional.empty();
    private Optional<Gone> gone = Optional.empty();
    /** Whoever answered before this relay had the call, until somebody answers here or is missed. */
    private Optional<Attendance> before;
    private OptionalLong missedAt = OptionalLong.empty();
    /** Parties called for the caller, by the transfer that asks for them: several targets of a forward may ring at the same time. */
    private final Map<String, Called> called = new HashMap<>();
    /** All parties ever called for the caller. */
    private final Set<CallId> legs = new HashSet<>();
    private Optional<Partner> partner = Optional.empty();

    /** @param seen whether its participant was in the room */
    private record Called(CallId leg, boolean agentsStay, boolean seen) {}

    /**
     * An outbound call to which the caller was handed over.
     *
     * @param said whether Kafka says so; otherwise its participant does
     * @param seen whether its participant was in the room since it was called
     */
    private record Partner(CallId leg, boolean said, boolean agentsStay, boolean seen) {}

    /**
     * @param waitFor what counts as answering
     * @param callersStay whether callers may be by themselves in the room
     * @param agentsAreAsked whether the route names agents
     * @param forwarded whether the route forwards to somebody outside: then nobody in the room answers the caller
     * @param heldBack how long a leave that may be temporary is held back
     * @param before whoever answered the caller of a call that is taken over from another relay
     */
    Company(
            WaitFor waitFor, boolean callersStay, boolean agentsAreAsked, boolean forwarded, Duration heldBack, Optional<Attendance> before) {
        this.waitFor = waitFor;
        this.callersStay = callersStay;
        this.agentsAreAsked = agentsAreAsked;
        this.forwarded = forwarded;
        this.heldBackMillis = heldBack.toMillis();
        this.before = before;
    }

    /** Somebody listens to the caller; who it is may become known only later. */
    void listened() {
        somebodyListens = true;
    }

    /** A participant's audio is subscribed to. */
    void published(String trackSid, String participantSid) {
        publishers.put(trackSid, participantSid);
    }

    /** The audio is no longer subscribed to. */
    void unpublished(String trackSid) {
        publishers.remove(trackSid);
    }

    /** Returns whether one of the participants present may answer. */
    boolean mayBeAnsweredBy(List<RemoteParticipant> present) {
        return RoomAgents.answering(strangers(present), callersCount()).isPresent();
    }

    /** Returns whether this one answers. */
    boolean isAnsweredBy(String participantSid) {
        return answering.filter(one -> one.who().sid().equals(participantSid)).isPresent();
    }

    /** Sets whether an agent is to answer in place of the person who does, as soon as one may. */
    void agentWanted(boolean wanted) {
        agentWanted = wanted;
    }

    /** Returns the agent who answers at this moment. */
    Optional<RemoteParticipant> agent() {
        return gone.isPresent() ? Optional.empty() : answering.map(Answering::who).filter(Company::isAgent);
    }

    private static boolean isAgent(RemoteParticipant participant) {
        return participant.kind() == ParticipantKind.AGENT;
    }

    /** The target of a hand-over is being called. */
    void partnerCalled(String transfer, CallId leg, boolean agentsStay) {
        legs.add(leg);
        called.put(transfer, new Called(leg, agentsStay, false));
    }

    /** A target that speaks with the agents first is being called. */
    void consulted(CallId leg) {
        legs.add(leg);
    }

    /** The hand-over failed. */
    void partnerFailed(String transfer) {
        Optional<Called> gone = Optional.ofNullable(called.remove(transfer));
        partner = partner.filter(one -> one.said() || gone.filter(failed -> failed.leg().equals(one.leg())).isEmpty());
    }

    /** The caller was handed over. */
    void partnerJoined(CallId leg, boolean agentsStay) {
        legs.add(leg);
        boolean seen = partner.filter(known -> known.leg().equals(leg)).map(Partner::seen).orElse(false)
                || called.values().stream().anyMatch(known -> known.leg().equals(leg) && known.seen());
        partner = Optional.of(new Partner(leg, true, agentsStay, seen));
    }

    /** Returns whether the caller was handed over, and is not back with the agents. */
    boolean isHandedOver() {
        return partner.isPresent();
    }

    /** Returns whether this is the party to which the caller was handed over. */
    boolean isPartner(RemoteParticipant participant) {
        return partner.filter(one -> RoomAgents.isOf(participant, one.leg())).isPresent();
    }

    /** Returns whether this party was ever called for the caller: it is then company only as the caller's partner. */
    boolean wasCalled(RemoteParticipant participant) {
        return legs.stream().anyMatch(leg -> RoomAgents.isOf(participant, leg));
    }

    private List<RemoteParticipant> strangers(List<RemoteParticipant> present) {
        return legs.isEmpty() ? present : present.stream().filter(participant -> !wasCalled(participant)).toList();
    }

    /**
     * The party called may have answered before Kafka says so: its participant then shows it already. If agents stay, a caller whose
     * partner has left is theirs again.
     */
    private void lookForPartner(List<RemoteParticipant> present) {
        called.replaceAll((transfer, one) -> new Called(one.leg(), one.agentsStay(), one.seen() || isThere(one.leg(), present)));
        if (partner.isEmpty()) {
            partner = called.values().stream()
                    .filter(one -> present.stream().anyMatch(who -> RoomAgents.isOf(who, one.leg()) && RoomAgents.isActive(who)))
                    .findFirst().map(one -> new Partner(one.leg(), false, one.agentsStay(), true));
            return;
        }
        Partner known = partner.get();
        if (isThere(known.leg(), present)) {
            partner = Optional.of(new Partner(known.leg(), known.said(), known.agentsStay(), true));
        } else if (known.seen() && known.agentsStay()) {
            called.values().removeIf(one -> one.leg().equals(known.leg()));
            partner = Optional.empty();
        }
    }

    private static boolean isThere(CallId leg, List<RemoteParticipant> present) {
        return present.stream().anyMatch(participant -> RoomAgents.isOf(participant, leg));
    }

    /** Returns whether nobody answers at this moment. */
    boolean alone() {
        return answering.isEmpty() || gone.isPresent();
    }

    /** Returns whether the one who answers has muted all of its audio. */
    boolean isMuted(List<RemoteParticipant> present) {
        return present.stream()
                .filter(participant -> isAnsweredBy(participant.sid()))
                .map(RemoteParticipant::audioTracks)
                .anyMatch(tracks -> !tracks.isEmpty() && tracks.stream().allMatch(RemoteAudioTrack::muted));
    }

    /** LiveKit reported that a participant left. */
    void left(String sid, DisconnectReason why, long nowMillis) {
        if (isAnsweredBy(sid) && gone.filter(Gone::sure).isEmpty()) {
            gone = Optional.of(new Gone(why, true, gone.map(Gone::sinceMillis).orElse(nowMillis)));
        }
    }

    /** The room was lost and entered again: leaves in the meantime were not reported, and others may be on their way back too. */
    void enteredAgain(List<RemoteParticipant> present, long nowMillis) {
        if (gone.isEmpty() && answering.filter(one -> !isThere(one, present)).isPresent()) {
            gone = Optional.of(new Gone(DisconnectReason.UNKNOWN, false, nowMillis));
        }
    }

    /** Compares who is present with who answered. @return what has changed, in order */
    List<News> look(List<RemoteParticipant> present, long nowMillis) {
        lookForPartner(present);
        if (answering.isPresent() && gone.filter(away -> !away.sure()).isPresent() && isThere(answering.get(), present)) {
            gone = Optional.empty();
        }
        if (answering.isPresent() && gone.isEmpty()) {
            return agentWanted && agent().isEmpty() ? toAgent(present, nowMillis) : List.of();
        }
        var news = new ArrayList<News>();
        Optional<RemoteParticipant> next = RoomAgents.answering(mayAnswer(strangers(present)), callersCount())
                .or(() -> present.stream().filter(this::isPartner).findFirst());
        if (answering.isPresent()) {
            Gone away = gone.orElseThrow();
            if (next.isEmpty() && nowMillis < until(away)) {
                return List.of();
            }
            news.add(new News.Left(
                    answering.get().who(), away.why(), Math.max(0, away.sinceMillis() - answering.get().sinceMillis()),
                    next.isEmpty()));
            answering = Optional.empty();
            gone = Optional.empty();
        } else if (next.isEmpty()) {
            missed(nowMillis).ifPresent(news::add);
        }
        next.ifPresent(who -> news.add(answers(who, nowMillis)));
        return news;
    }

    /** Whoever answered before the call was taken over has as long to be seen here as a participant whose leave is held back. */
    private Optional<News> missed(long nowMillis) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        missedAt = OptionalLong.of(missedAt.orElse(nowMillis + heldBackMillis));
        if (nowMillis < missedAt.getAsLong()) {
            return Optional.empty();
        }
        Attendance former = before.get();
        before = Optional.empty();
        return Optional.of(new News.Left(
                RoomAgents.former(former), DisconnectReason.UNKNOWN, Math.max(0, nowMillis - former.since().toEpochMilli()), true));
    }

    private News answers(RemoteParticipant who, long nowMillis) {
        var joined = new News.Joined(who, !everAnswered);
        answering = Optional.of(new Answering(who, nowMillis));
        before = Optional.empty();
        everAnswered |= !wasCalled(who);
        answeredByOthersThanCallers |= who.kind() != ParticipantKind.SIP;
        return joined;
    }

    /**
     * Because the person already listens, listening says nothing about an agent who has just come. So the agent's audio is awaited, unless
     * the rule does not require audio.
     */
    private List<News> toAgent(List<RemoteParticipant> present, long nowMillis) {
        return strangers(present).stream()
                .filter(Company::isAgent)
                .filter(agent -> waitFor == WaitFor.LISTENING || publishers.containsValue(agent.sid()))
                .findFirst()
                .map(agent -> List.of(answers(agent, nowMillis)))
                .orElse(List.of());
    }

    /** Returns when to look again although nothing happens in the room, by the clock of {@link #look}. */
    OptionalLong lookAgainAt() {
        if (gone.isPresent()) {
            return OptionalLong.of(until(gone.get()));
        }
        return before.isPresent() ? missedAt : OptionalLong.empty();
    }

    private List<RemoteParticipant> mayAnswer(List<RemoteParticipant> present) {
        if (forwarded) {
            return List.of();
        }
        if (somebodyListens) {
            return present;
        }
        return switch (waitFor) {
            case PUBLISHED_OR_LISTENING ->
                present.stream().filter(participant -> publishers.containsValue(participant.sid())).toList();
            case LISTENING -> List.of();
        };
    }

    private boolean callersCount() {
        return callersStay || !agentsAreAsked && !answeredByOthersThanCallers;
    }

    private long until(Gone away) {
        return away.sinceMillis() + (away.sure() && !mayBeNone(away.why()) ? 0 : heldBackMillis);
    }

    /** Returns whether the participant who left is likely to be back at once, or the caller is about to be removed as well. */
    private static boolean mayBeNone(DisconnectReason why) {
        return switch (why) {
            case DUPLICATE_IDENTITY, MIGRATION, SERVER_SHUTDOWN, ROOM_DELETED, ROOM_CLOSED -> true;
            default -> false;
        };
    }

    private static boolean isThere(Answering one, List<RemoteParticipant> present) {
        return present.stream().anyMatch(participant -> participant.sid().equals(one.who().sid()));
    }
}
