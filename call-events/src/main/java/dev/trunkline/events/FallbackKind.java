package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be tried when no agent comes, or when a webhook gives no usable answer. */
public enum FallbackKind {
    /** Another agent, by the name under which it registered. */
    AGENT("agent"),
    /** A SIP URI that the call is forwarded to. */
    FORWARD("forward"),
    /** A number or SIP URI, of a helpdesk or a voicemail, to which the trunk is asked to transfer the caller by REFER. */
    REFER("refer"),
    /** A sound that the caller hears before the call ends, by name. */
    ANNOUNCEMENT("announcement"),
    /**
     * A sound that asks for a message, by name. If the configuration of the number accepts messages, one is recorded; otherwise the
     * sound is played like an announcement.
     */
    VOICEMAIL("voicemail"),
    /** A rejection with the SIP status that the target names. */
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
