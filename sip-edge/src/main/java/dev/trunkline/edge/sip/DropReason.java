package dev.trunkline.edge.sip;

/** Why the transport dropped what it did not even parse. */
public enum DropReason {
    /** An INVITE that is being answered came again. */
    REPEATED("repeated"),
    /** More messages than are allowed wait to be parsed. */
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
