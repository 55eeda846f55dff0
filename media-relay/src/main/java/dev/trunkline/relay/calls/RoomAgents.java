package dev.trunkline.relay.calls;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides which of a room's participants answers the caller, and how that is reported. */
final class RoomAgents {
    private static final String AGENT_NAME = "lk.agent.name";

    private RoomAgents() {}

    static AgentJoined joined(CallId callId, RemoteParticipant agent, long tookMillis) {
        return new AgentJoined(callId, name(agent), agent.sid(), kind(agent), tookMillis);
    }

    /** @param route if somebody is to take over */
    static AgentLeft left(CallId callId, Company.News.Left left, Optional<CallRouted> route) {
        return new AgentLeft(
                callId, name(left.who()), left.who().sid(), kind(left.who()), reason(left.why()), left.stayedMillis(),
                left.alone(), route);
    }

    /** Returns a participant whom an earlier relay has reported, and who is not in the room any more. */
    static RemoteParticipant former(Attendance one) {
        ParticipantKind kind = Arrays.stream(ParticipantKind.values())
                .filter(known -> code(known).equals(one.kind()))
                .findFirst()
                .orElse(ParticipantKind.STANDARD);
        return new RemoteParticipant(one.participantSid(), one.agent(), "", kind, "", Map.of(), List.of());
    }

    /** Returns LiveKit's reason as in events and metrics, for example {@code client-initiated}. */
    static String reason(DisconnectReason why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kind(RemoteParticipant participant) {
        return code(participant.kind());
    }

    private static String code(ParticipantKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the agent if there is one, else the first person, else the first caller if callers count; recorders and feeds do not
     * answer anybody.
     */
    static Optional<RemoteParticipant> answering(List<RemoteParticipant> participants, boolean callersCount) {
        return first(participants, ParticipantKind.AGENT)
                .or(() -> participants.stream().filter(RoomAgents::isPerson).findFirst())
                .or(() -> callersCount
                        ? first(participants.stream().filter(RoomAgents::hasAnswered).toList(), ParticipantKind.SIP)
                        : Optional.empty());
    }

    /** Returns whether this one may request a hand-over: agents and people, never a phone. */
    static boolean mayAsk(RemoteParticipant participant) {
        return participant.kind() == ParticipantKind.AGENT || isPerson(participant);
    }

    /** Returns whether the participant belongs to that call. */
    static boolean isOf(RemoteParticipant participant, CallId call) {
        return participant.kind() == ParticipantKind.SIP
                && participant.attributes().getOrDefault(SipParticipant.CALL_ID, "").equals(call.toString());
    }

    /** Returns whether the participant's phone is in a call that was answered. */
    static boolean isActive(RemoteParticipant participant) {
        return participant.attributes().getOrDefault(SipParticipant.CALL_STATUS, "").equals(SipParticipant.ACTIVE);
    }

    /** Callers called by themselves; a party that the suite calls may not have answered yet. */
    private static boolean hasAnswered(RemoteParticipant caller) {
        return !isCalled(caller) || isActive(caller);
    }

    /** Returns whether the suite has called this one. */
    static boolean isCalled(RemoteParticipant participant) {
        return participant.attributes().containsKey(SipParticipant.DIRECTION);
    }

    private static Optional<RemoteParticipant> first(List<RemoteParticipant> participants, ParticipantKind kind) {
        return participants.stream().filter(participant -> participant.kind() == kind).findFirst();
    }

    private static boolean isPerson(RemoteParticipant participant) {
        return !Supervisors.isOne(participant) && switch (participant.kind()) {
            case EGRESS, INGRESS, AGENT, SIP -> false;
            case STANDARD, CONNECTOR, BRIDGE, OTHER -> true;
        };
    }

    /** Returns the name that the agent worker set, else the identity. The identity of another caller is never returned. */
    static String name(RemoteParticipant participant) {
        String name = participant.attributes().getOrDefault(AGENT_NAME, "");
        if (!name.isEmpty()) {
            return name;
        }
        return participant.kind() == ParticipantKind.SIP ? "caller" : participant.identity();
    }
}
