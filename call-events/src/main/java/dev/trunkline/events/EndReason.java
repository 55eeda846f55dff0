package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Every way in which a call that was not rejected can end. The suite's BYE carries
 * {@code Reason: SIP;cause=<cause>;text="<code>"} (RFC 3326).
 */
public enum EndReason {
    CALLER_HUNG_UP("caller-hung-up", 200, "The caller hung up."),
    CANCELLED("cancelled", 487, "The caller gave up before the call was answered."),
    ANSWERED_ELSEWHERE("answered-elsewhere", 487, "Another phone or service that rang for the same call answered it."),
    ROOM_CLOSED("room-closed", 200, "The room was closed or the caller was removed from it: the agent hung up."),
    MEDIA_TIMEOUT("media-timeout", 408, "No media was received from the caller for too long."),
    NO_ACK("no-ack", 408, "The caller never acknowledged the answer."),
    SESSION_EXPIRED("session-expired", 408, "The session was not refreshed in time (RFC 4028)."),
    CALLER_LOST("caller-lost", 408, "The caller's side no longer responds, or reports that the call does not exist."),
    NO_AGENT("no-agent", 480, "The call was answered immediately, and no agent joined."),
    RELAY_LOST("relay-lost", 500, "The media relay that handled the call was lost."),
    EDGE_LOST("edge-lost", 500, "The edge that handled the call was lost."),
    LIVEKIT_LOST("livekit-lost", 500, "The connection to the room was lost and could not be restored."),
    FORWARDED("forwarded", 302, "The caller was redirected to another SIP address."),
    PIN_WRONG("pin-wrong", 403, "The caller did not enter the PIN of the room."),
    REQUESTED("requested", 200, "A person or a program asked to end the call."),
    DRAINED("drained", 500, "The process that held the call was shut down."),
    AGENT_LEFT("agent-left", 480, "The agent or person who had answered left, and nobody replaced them."),
    CALLEE_HUNG_UP("callee-hung-up", 200, "The called party hung up."),
    CALLEE_BUSY("callee-busy", 486, "The called party was busy."),
    CALLEE_DECLINED("callee-declined", 603, "The called party declined the call."),
    NO_ANSWER("no-answer", 480, "The called party did not answer in time."),
    CALLEE_UNREACHABLE("callee-unreachable", 404, "The called party could not be reached through any gateway of the trunk."),
    TRANSFERRED("transferred", 200, "The caller was handed over."),
    PARTNER_LEFT("partner-left", 200, "The call with which it was connected ended."),
    TOO_LONG("too-long", 200, "The call reached its maximum duration."),
    FORWARD_FAILED("forward-failed", 480, "None of the targets to which the call was forwarded took it."),
    ANNOUNCED("announced", 200, "The announcement was played to the caller, and no further step was configured."),
    MESSAGE_LEFT("message-left", 200, "The caller left a message, and no further step was configured."),
    SHUTDOWN("shutdown", 503, "The suite was shut down, and the time that calls had to end was over.");

    private final String code;
    private final int cause;
    private final String sentence;

    EndReason(String code, int cause, String sentence) {
        this.code = code;
        this.cause = cause;
        this.sentence = sentence;
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** Returns the SIP cause for the Reason header. */
    public int cause() {
        return cause;
    }

    public String sentence() {
        return sentence;
    }
}
