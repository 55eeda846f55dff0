package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DisconnectReason;
import livekit.LivekitModels;
import livekit.LivekitRtc;

/** Translates LiveKit's reasons and actions into ours. */
final class Reasons {

    private Reasons() {
    }

    static DisconnectReason of(LivekitModels.DisconnectReason reason) {
        return switch (reason) {
            case CLIENT_INITIATED -> DisconnectReason.CLIENT_INITIATED;
            case DUPLICATE_IDENTITY -> DisconnectReason.DUPLICATE_IDENTITY;
            case SERVER_SHUTDOWN -> DisconnectReason.SERVER_SHUTDOWN;
            case PARTICIPANT_REMOVED -> DisconnectReason.PARTICIPANT_REMOVED;
            case ROOM_DELETED -> DisconnectReason.ROOM_DELETED;
            case ROOM_CLOSED -> DisconnectReason.ROOM_CLOSED;
            case STATE_MISMATCH -> DisconnectReason.STATE_MISMATCH;
            case JOIN_FAILURE -> DisconnectReason.JOIN_FAILURE;
            case MIGRATION -> DisconnectReason.MIGRATION;
            case SIGNAL_CLOSE -> DisconnectReason.SIGNAL_CLOSE;
            case CONNECTION_TIMEOUT -> DisconnectReason.CONNECTION_TIMEOUT;
            case AGENT_ERROR -> DisconnectReason.AGENT_ERROR;
            case MEDIA_FAILURE -> DisconnectReason.MEDIA_FAILURE;
            default -> DisconnectReason.UNKNOWN;
        };
    }

    static RoomLife.ServerWish wish(LivekitRtc.LeaveRequest leave) {
        return switch (leave.getAction()) {
            case RESUME -> RoomLife.ServerWish.RESUME;
            case RECONNECT -> RoomLife.ServerWish.REJOIN;
            case DISCONNECT, UNRECOGNIZED -> RoomLife.ServerWish.DISCONNECT;
        };
    }
}
