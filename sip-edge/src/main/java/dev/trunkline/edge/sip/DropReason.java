package dev.trunkline.edge.sip;

/** Why a packet or a connection was dropped before anything of it was parsed. */
public enum DropReason {
    /** Its address belongs to no trunk. */
    UNKNOWN_SOURCE("unknown-source"),
    /** An INVITE that is being answered came again. */
    REPEATED("repeated"),
    /** A new INVITE, and more than are allowed wait to be read. */
    OVERLOAD("overload");

    private final String code;

    DropReason(String code) {
        this.code = code;
    }

    /** What the metric says. */
    public String code() {
        return code;
    }
}
