package dev.trunkline.events;

/** Names of the suite's Kafka topics. */
public final class Topics {
    /** Everything that happens to calls, keyed by call id. */
    public static final String EVENTS = "call-events";
    /** Wishes from outside a call, keyed by call id. */
    public static final String COMMANDS = "call-commands";
    /** Compacted: the trunks as the edge needs them, keyed by trunk id. */
    public static final String TRUNKS = "trunks";
    /** Compacted: the trunks that calls go out by, as the edge needs them, keyed by trunk id. */
    public static final String OUTBOUND_TRUNKS = "outbound-trunks";
    /** Compacted: how those stand as each edge sees it, keyed by trunk id and edge. */
    public static final String OUTBOUND_STATES = "outbound-states";
    /** Compacted: which relays live and what they do with new calls, keyed by relay id. */
    public static final String RELAYS = "relays";
    /** Compacted: the calls that hold a slot of the limiter at this moment, keyed by call id. */
    public static final String LIVE_CALLS = "live-calls";
    /** Compacted: the rooms in which agents are to wait for callers, keyed by rule id. */
    public static final String WARM_POOLS = "warm-pools";
    /** Compacted: the sounds that callers are told something by, keyed by organisation, name and language. */
    public static final String SOUNDS = "sounds";
    /** The SIP messages of calls, for a day, keyed by call id. */
    public static final String CALL_MESSAGES = "call-messages";
    /** What could not be read or handled, as it came, with the reason in the header {@code dead-letter-reason}. */
    public static final String DEAD_LETTERS = "call-events-dead-letters";

    private Topics() {}
}
