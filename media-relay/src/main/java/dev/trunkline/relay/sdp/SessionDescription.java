package dev.trunkline.relay.sdp;

import java.util.List;
import java.util.Optional;

/**
 * What of a session description matters here.
 *
 * @param connection address of the session's {@code c=}, as written: a literal or a name
 * @param timing the value of {@code t=}, which an answer must repeat (RFC 3264 section 6)
 */
record SessionDescription(Optional<String> connection, String timing, List<MediaDescription> media) {
    SessionDescription {
        media = List.copyOf(media);
    }
}
