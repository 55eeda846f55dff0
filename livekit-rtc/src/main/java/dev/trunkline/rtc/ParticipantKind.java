package dev.trunkline.rtc;

/** What a participant is, as LiveKit's tokens say it. */
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
