package dev.trunkline.bench;

import java.util.EnumSet;
import java.util.Set;

/** What can be measured, in the order in which it is. */
enum Kind {
    /** The seconds after ready. */
    COLD,
    /** Setups one after another, then calls that are held. */
    HELD,
    /** Decisions at a rate. */
    DECISIONS,
    /** INVITEs that are refused as fast as can be. */
    REFUSED,
    /** More and more calls. */
    SCALE,
    /** Signalling alone, by SIPp. */
    SIP;

    /** What a report has if nothing was named. */
    static Set<Kind> usual() {
        return EnumSet.of(HELD, DECISIONS, REFUSED, SCALE);
    }
}
