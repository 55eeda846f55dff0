package dev.trunkline.relay.calls;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallId;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who of a room's participants answers the caller. */
final class RoomAgents {
    private static final String AGENT_NAME = "lk.agent.name";

    private RoomAgents() {}

    /** Finds, once in a call, who it is that listens to the caller. Used in the call's queue only. */
    static final class Listeners {
        private boolean somebody;
        private boolean said;

        /** @param now whether LiveKit says that somebody listens; it may be known only later who */
        void listening(boolean now) {
            somebody |= now;
        }

        /** Whether it is known who answers. */
        boolean answered() {
            return said;
        }

        /** The one who answers, the first time that this is known. */
        Optional<RemoteParticipant> first(List<RemoteParticipant> participants) {
            Optional<RemoteParticipant> agent = somebody && !said ? answering(participants) : Optional.empty();
            said |= agent.isPresent();
            return agent;
        }
    }

    static AgentJoined joined(CallId callId, RemoteParticipant agent, long tookMillis) {
        String kind = agent.kind().name().toLowerCase(Locale.ROOT);
        return new AgentJoined(callId, name(agent), agent.sid(), kind, tookMillis);
    }

    /** The agent where there is one, else the first who may listen; recorders and feeds do not answer anybody. */
    static Optional<RemoteParticipant> answering(List<RemoteParticipant> participants) {
        return participants.stream()
                .filter(participant -> participant.kind() == ParticipantKind.AGENT)
                .findFirst()
                .or(() -> participants.stream().filter(RoomAgents::mayAnswer).findFirst());
    }

    private static boolean mayAnswer(RemoteParticipant participant) {
        return switch (participant.kind()) {
            case EGRESS, INGRESS -> false;
            default -> true;
        };
    }

    /** The name that the agent worker gave, else the identity. The identity of another caller is never given. */
    static String name(RemoteParticipant participant) {
        String name = participant.attributes().getOrDefault(AGENT_NAME, "");
        if (!name.isEmpty()) {
            return name;
        }
        return participant.kind() == ParticipantKind.SIP ? "caller" : participant.identity();
    }
}
