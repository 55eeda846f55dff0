package dev.trunkline.limiter.admission;

import dev.trunkline.events.RefusalReason;

/** Where calls at once are counted, in the order in which the limits are asked; trunk and calls out of calls out alone. */
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

    /** Its name in events and in Redis. */
    public String code() {
        return code;
    }

    /** Why a call is refused when there is no room. */
    public RefusalReason full() {
        return full;
    }
}
