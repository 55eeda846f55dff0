package dev.trunkline.events;

/** Names of the suite's Kafka topics. */
public final class Topics {
    /** Everything that happens to calls, keyed by call id. */
    public static final String EVENTS = "call-events";
    /** Requests from outside a call, keyed by call id. */
    public static final String COMMANDS = "call-commands";
    /** Compacted: the trunks as the edge needs them, keyed by trunk id. */
    public static final String TRUNKS = "trunks";
    /** Compacted: the outbound trunks as the edge needs them, keyed by trunk id. */
    public static final String OUTBOUND_TRUNKS = "outbound-trunks";
    /** Compacted: the state of outbound trunks as each edge sees it, keyed by trunk id and edge. */
    public static final String OUTBOUND_STATES = "outbound-states";
    /** Compacted: which relays are alive and how they treat new calls, keyed by relay id. */
    public static final String RELAYS = "relays";
    /** Compacted: the calls that hold a slot of the limiter at this moment, keyed by call id. */
    public static final String LIVE_CALLS = "live-calls";
    /** Compacted: the rooms in which agents are to wait for callers, keyed by rule id. */
    public static final String WARM_POOLS = "warm-pools";
    /** Compacted: the sounds of announcements to callers, keyed by organisation, name and language. */
    public static final String SOUNDS = "sounds";
    /** The SIP messages of calls, for a day, keyed by call id. */
    public static final String CALL_MESSAGES = "call-messages";
    /**
     * Records that could not be read or handled, unchanged, with the reason in the header
     * {@code dead-letter-reason}.
     */
    public static final String DEAD_LETTERS = "call-events-dead-letters";

    private Topics() {}
}
