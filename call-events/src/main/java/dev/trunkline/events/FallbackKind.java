package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be tried when no agent comes, or when a webhook gives no usable answer. */
public enum FallbackKind {
    /** Another agent, by the name that it registered with. */
    AGENT("agent"),
    /** A SIP URI that the call is sent on to. */
    FORWARD("forward"),
    /** A number or SIP URI, of a helpdesk or a voicemail, that the trunk is asked to transfer the caller to by REFER. */
    REFER("refer"),
    /** A sound that the caller hears before the call ends, by name. */
    ANNOUNCEMENT("announcement"),
    /**
     * A sound that asks for a message, by name. Where the configuration of the number takes messages, one is recorded; else the sound is
     * played as an announcement is.
     */
    VOICEMAIL("voicemail"),
    /** A refusal with the SIP status that the target names. */
    REFUSE("refuse");

    private final String code;

    FallbackKind(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
