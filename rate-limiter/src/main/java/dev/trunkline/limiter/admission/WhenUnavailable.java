package dev.trunkline.limiter.admission;

/** What becomes of calls while Redis cannot count them. */
public enum WhenUnavailable {
    /** Uncounted: better too many than none. */
    ADMIT,
    /** {@code limiter-unavailable}, 503, so that the trunk fails over. */
    REFUSE
}
