package dev.trunkline.router.apply;

/** How a rule in a file is treated that names no trunk and does not say {@code wildcard: true}. */
public enum RulesWithoutTrunk {
    /** A fault that says what to write. */
    REFUSE,
    /** A wildcard rule, with a warning. */
    ACCEPT
}
