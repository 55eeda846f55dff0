package dev.trunkline.edge.calls;

/**
 * What a new call takes up while it is young; each may be run more than once.
 *
 * @param decision its place in the {@link DecisionWindow}, given back when it is decided or over
 * @param quota its place in its trunk's quota, given back when it is answered or over
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
