package dev.trunkline.phone;

import java.util.Locale;

/** An SDP media direction (RFC 3264), as seen by its writer. */
public enum Direction {
    SENDRECV, SENDONLY, RECVONLY, INACTIVE;

    /** Returns its SDP attribute, such as {@code sendrecv}. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether its writer sends. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** Returns the widest direction that answers an offer of this one (RFC 3264 6.1). */
    public Direction answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }
}
