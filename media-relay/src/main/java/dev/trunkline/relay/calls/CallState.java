package dev.trunkline.relay.calls;

/** How far a call is, see {@link RelayedCall}. */
enum CallState {
    JOINING, BARRED, UP, LOST, ENDING, OVER;

    /** Whether the call is to be kept alive by heartbeats. @param gated a PIN is asked for: joining, it has been up already */
    boolean isAlive(boolean gated) {
        return switch (this) {
            case UP, LOST, BARRED -> true;
            case JOINING -> gated;
            case ENDING, OVER -> false;
        };
    }

    /** Whether its end has begun. */
    boolean isEnding() {
        return this == ENDING || this == OVER;
    }
}
