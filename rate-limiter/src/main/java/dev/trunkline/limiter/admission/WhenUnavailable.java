package dev.trunkline.limiter.admission;

/** What happens to calls while Redis cannot count them. */
public enum WhenUnavailable {
    /** Admitted uncounted: better too many than none. */
    ADMIT,
    /** {@code limiter-unavailable}, 503, so that the trunk fails over. */
    REFUSE
}
