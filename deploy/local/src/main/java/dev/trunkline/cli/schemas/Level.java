package dev.trunkline.cli.schemas;

/** The compatibility levels of a registry: of which earlier schemas a new one must be compatible, and in which direction. */
enum Level {
    BACKWARD,
    BACKWARD_TRANSITIVE,
    FORWARD,
    FORWARD_TRANSITIVE,
    FULL,
    FULL_TRANSITIVE,
    NONE
}
