package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a caller is transferred. */
public enum TransferWay {
    /** By REFER or, if the caller's side does not accept it, by an outbound call that is joined with the caller's. */
    REFER_FIRST("refer-first"),
    /** By an outbound call or, if that fails, by REFER. */
    BRIDGE_FIRST("bridge-first"),
    /** The caller's side is asked to call the target itself (RFC 3515). */
    REFER("refer"),
    /** The suite calls the target, and joins it with the caller in the caller's room. */
    BRIDGE("bridge"),
    /**
     * As {@link #BRIDGE}, but the called party speaks with the agent first, while the caller hears the waiting sound: caller and target
     * are joined when the agent says so.
     */
    WARM("warm");

    private final String code;

    TransferWay(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
