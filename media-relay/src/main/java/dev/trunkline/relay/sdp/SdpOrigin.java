package dev.trunkline.relay.sdp;

import java.util.Optional;

/**
 * The session id and version of one of our own descriptions (RFC 8866 section 5.2). A relay that takes over another's call continues
 * them: for the phone it is the same session, described anew (RFC 3264 section 8).
 *
 * @param sessionId 0 or more
 * @param version of the description that contains it
 */
public record SdpOrigin(long sessionId, int version) {
    private static final String LINE = "o=trunkline ";
    private static final int MOST_DIGITS = 19;

    /** @return empty for a description that {@link SdpWriter} has not written */
    public static Optional<SdpOrigin> of(String description) {
        int begin = description.indexOf(LINE);
        if (begin < 0) {
            return Optional.empty();
        }
        int id = begin + LINE.length();
        int version = description.indexOf(' ', id) + 1;
        int end = version == 0 ? -1 : description.indexOf(' ', version);
        if (end < 0 || version - 1 - id > MOST_DIGITS || end - version > MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            long session = Long.parseUnsignedLong(description, id, version - 1, 10);
            int number = Integer.parseUnsignedInt(description, version, end, 10);
            return session < 0 || number < 0 ? Optional.empty() : Optional.of(new SdpOrigin(session, number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
