package dev.trunkline.relay.room;

import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;

/**
 * Who is in a room as LiveKit's room service lists it. The service knows new participants at once; livekit-server tells those in the room
 * of somebody who publishes nothing only every 3 s. Pure.
 */
final class Attendance {
    private Attendance() {}

    /** Returns the participants that others may see; without information on their tracks. */
    static List<RemoteParticipant> of(List<ParticipantInfo> listed) {
        return listed.stream()
                .filter(info -> info.getState() != ParticipantInfo.State.DISCONNECTED && !info.getPermission().getHidden())
                .map(info -> new RemoteParticipant(
                        info.getSid(), info.getIdentity(), info.getName(), kind(info.getKind()), info.getMetadata(),
                        info.getAttributesMap(), List.of()))
                .toList();
    }

    private static ParticipantKind kind(ParticipantInfo.Kind kind) {
        return switch (kind) {
            case STANDARD -> ParticipantKind.STANDARD;
            case INGRESS -> ParticipantKind.INGRESS;
            case EGRESS -> ParticipantKind.EGRESS;
            case SIP -> ParticipantKind.SIP;
            case AGENT -> ParticipantKind.AGENT;
            case CONNECTOR -> ParticipantKind.CONNECTOR;
            case BRIDGE -> ParticipantKind.BRIDGE;
            case UNRECOGNIZED -> ParticipantKind.OTHER;
        };
    }
}
