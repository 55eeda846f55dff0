package dev.trunkline.limiter.admission;

import dev.trunkline.events.RefusalReason;

/**
 * Where concurrent calls are counted, in the order in which the limits are checked; {@code TRUNK} and {@code CALLS_OUT}
 * only for outbound calls.
 */
public enum Place {
    NUMBER("number", RefusalReason.NUMBER_BUSY),
    ORGANISATION("organisation", RefusalReason.ORGANISATION_BUSY),
    AGENT_POOL("agent-pool", RefusalReason.AGENTS_BUSY),
    TRUNK("trunk", RefusalReason.CALLS_OUT_BUSY),
    CALLS_OUT("calls-out", RefusalReason.CALLS_OUT_BUSY),
    SUITE("suite", RefusalReason.SUITE_FULL);

    private final String code;
    private final RefusalReason full;

    Place(String code, RefusalReason full) {
        this.code = code;
        this.full = full;
    }

    /** Returns its name in events and in Redis. */
    public String code() {
        return code;
    }

    /** Returns the reason for a rejection when it is full. */
    public RefusalReason full() {
        return full;
    }
}
