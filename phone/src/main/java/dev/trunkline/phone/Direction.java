package dev.trunkline.phone;

import java.util.Locale;

/** A media direction of SDP (RFC 3264), as seen by whoever writes it. */
public enum Direction {
    SENDRECV, SENDONLY, RECVONLY, INACTIVE;

    /** Its SDP attribute, such as {@code sendrecv}. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the one that writes it sends. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** The widest direction that answers an offer of this one (RFC 3264 6.1). */
    public Direction answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }
}
