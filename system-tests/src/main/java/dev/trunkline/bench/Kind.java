package dev.trunkline.bench;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of measurement, in the order in which they are made. */
enum Kind {
    /** The seconds after ready. */
    COLD,
    /** Setups one after another, then held calls. */
    HELD,
    /** Decisions at a rate. */
    DECISIONS,
    /** INVITEs, sent as fast as they are refused. */
    REFUSED,
    /** More and more calls. */
    SCALE,
    /** Signalling alone, by SIPp. */
    SIP;

    /** Returns what a report contains if nothing was named. */
    static Set<Kind> usual() {
        return EnumSet.of(HELD, DECISIONS, REFUSED, SCALE);
    }
}
