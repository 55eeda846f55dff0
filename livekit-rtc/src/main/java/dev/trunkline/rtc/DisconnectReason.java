package dev.trunkline.rtc;

/** Why a room ended, or why another participant left it. The first group is LiveKit's own, the second was detected by this library. */
public enum DisconnectReason {
    /** The participant left by itself. */
    CLIENT_INITIATED,
    /** Another participant joined with the same identity. */
    DUPLICATE_IDENTITY,
    /** The server is shutting down. */
    SERVER_SHUTDOWN,
    /** Removed through the room service. */
    PARTICIPANT_REMOVED,
    /** The room was deleted through the room service. */
    ROOM_DELETED,
    /** The server closed the room because the last participant that counts had left. */
    ROOM_CLOSED,
    /** The server no longer knew the session that was to be resumed. */
    STATE_MISMATCH,
    /** The server saw no media connection established. */
    JOIN_FAILURE,
    /** The server wants the participant elsewhere. */
    MIGRATION,
    /** The server saw the signalling connection close. */
    SIGNAL_CLOSE,
    /** The server lost contact with the participant. */
    CONNECTION_TIMEOUT,
    /** The agent's framework reported a failure of the agent. */
    AGENT_ERROR,
    /** Audio could not be maintained. */
    MEDIA_FAILURE,
    /** A LiveKit reason that does not concern this library, or none given. */
    UNKNOWN,

    /** The connection was lost and could not be resumed in time. */
    CONNECTION_LOST,
    /** The server asked for a new session, which requires a new join. */
    REJOIN_REQUIRED,
    /** This library was closed. */
    CLIENT_CLOSED
}
