package dev.trunkline.relay.sdp;

import java.util.List;

/**
 * The parts of a session description that matter here.
 *
 * @param timing the value of {@code t=}, which an answer must repeat (RFC 3264 section 6)
 */
record SessionDescription(String timing, List<MediaDescription> media) {
    SessionDescription {
        media = List.copyOf(media);
    }
}
