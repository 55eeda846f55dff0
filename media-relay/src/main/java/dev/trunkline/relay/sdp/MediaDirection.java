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

    /** Whether the side that says it sends media. */
    public boolean sends() {
        return sends;
    }

    /** Whether the side that says it wants media. */
    public boolean receives() {
        return receives;
    }

    /** What the other side says to it when it takes all that is offered (RFC 3264 section 6.1). */
    public MediaDirection answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** The attribute's name, for example {@code sendrecv}. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MediaDirection> ofAttribute(String name) {
        return Arrays.stream(values()).filter(direction -> direction.attribute().equals(name)).findFirst();
    }
}
