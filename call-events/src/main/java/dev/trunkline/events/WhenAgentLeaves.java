package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What happens to a caller who is alone in the room because everybody who answered has left. */
public enum WhenAgentLeaves {
    /** Ask again for the route's agents, or wait for a person at a desk; then the fallback; then the end. */
    REPLACE("replace"),
    /** End the call with {@link EndReason#AGENT_LEFT}. */
    HANG_UP("hang_up"),
    /** Let the caller wait for as long as the caller likes: people come and go in this room. */
    STAY("stay");

    private final String code;

    WhenAgentLeaves(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
