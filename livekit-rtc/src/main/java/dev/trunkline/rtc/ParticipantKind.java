package dev.trunkline.rtc;

/** The kind of a participant, as given in LiveKit's tokens. */
public enum ParticipantKind {
    STANDARD,
    INGRESS,
    EGRESS,
    SIP,
    AGENT,
    CONNECTOR,
    BRIDGE,
    /** A kind that this version of the library does not know. */
    OTHER
}
