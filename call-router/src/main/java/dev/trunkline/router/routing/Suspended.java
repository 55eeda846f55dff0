package dev.trunkline.router.routing;

/** A decision that waits for a webhook: everything that it needs to continue, including the directory with which it began. */
public final class Suspended {
    private final Matched matched;

    Suspended(Matched matched) {
        this.matched = matched;
    }

    Matched matched() {
        return matched;
    }
}
