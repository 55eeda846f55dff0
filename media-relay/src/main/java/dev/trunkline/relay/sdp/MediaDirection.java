package dev.trunkline.relay.sdp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Direction of a stream as one side describes it (RFC 8866 section 6.7). */
public enum MediaDirection {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Returns whether the side that states it sends media. */
    public boolean sends() {
        return sends;
    }

    /** Returns whether the side that states it wants media. */
    public boolean receives() {
        return receives;
    }

    /** Returns the other side's direction when it accepts all that is offered (RFC 3264 section 6.1). */
    public MediaDirection answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** Returns the attribute's name, for example {@code sendrecv}. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MediaDirection> ofAttribute(String name) {
        return Arrays.stream(values()).filter(direction -> direction.attribute().equals(name)).findFirst();
    }
}
