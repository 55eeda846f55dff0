package dev.trunkline.edge.calls;

/**
 * The places that a new call occupies while it is young; each may be released more than once.
 *
 * @param decision its place in the {@link DecisionWindow}, released when the call is decided or over
 * @param quota its place in its trunk's quota, released when the call is answered or over
 */
record NewCallPlaces(Runnable decision, Runnable quota) {
    static final NewCallPlaces NONE = new NewCallPlaces(() -> {}, () -> {});

    void decided() {
        decision.run();
    }

    void giveBack() {
        decision.run();
        quota.run();
    }
}
