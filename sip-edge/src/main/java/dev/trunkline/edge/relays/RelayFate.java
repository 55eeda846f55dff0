package dev.trunkline.edge.relays;

/** What is known of the relay of a call. */
public enum RelayFate {
    /** It never published a heartbeat of its own, as older versions do not: its calls are judged by their own heartbeats. */
    UNKNOWN,
    LIVES,
    /** It lives and gives its calls away, and another relay would take them. */
    LEAVES,
    /** It was silent for too long, although this edge was reading. */
    SILENT,
    /** It reported that it has ended, and nothing since. */
    GONE,
    /** It lives, but the process that had the call does not: another began under its id. */
    RESTARTED
}
