package dev.trunkline.relay.calls;

/** States of a call, see {@link RelayedCall}. */
enum CallState {
    JOINING, BARRED, UP, LOST, ENDING, OVER;

    /**
     * Returns whether heartbeats are to keep the call alive.
     *
     * @param gated whether a PIN is required: the call has then been up before joining
     */
    boolean isAlive(boolean gated) {
        return switch (this) {
            case UP, LOST, BARRED -> true;
            case JOINING -> gated;
            case ENDING, OVER -> false;
        };
    }

    /** Returns whether its end has begun. */
    boolean isEnding() {
        return this == ENDING || this == OVER;
    }
}
