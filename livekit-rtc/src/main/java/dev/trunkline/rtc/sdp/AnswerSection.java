package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.AudioCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One media section of an answer.
 *
 * @param mid        its identifier
 * @param kind       {@code audio}, {@code application}, …
 * @param rejected   port 0
 * @param direction  {@code sendrecv} if none is given (RFC 8866 section 6.7)
 * @param codecs     those that we support too, in the order of the answer
 * @param ssrcs      that the server sends with in this section
 * @param trackId    the second part of {@code a=msid}: a LiveKit track id
 * @param extensions header extensions by id
 */
public record AnswerSection(
        String mid,
        String kind,
        boolean rejected,
        String direction,
        List<AudioCodec> codecs,
        List<Long> ssrcs,
        Optional<String> trackId,
        Map<Integer, String> extensions) {

    public AnswerSection {
        codecs = List.copyOf(codecs);
        ssrcs = List.copyOf(ssrcs);
        extensions = Map.copyOf(extensions);
    }

    /** Whether the server will send audio here. */
    public boolean serverSends() {
        return kind.equals("audio") && !rejected && (direction.equals("sendonly") || direction.equals("sendrecv"));
    }

    /** The id of a header extension, if this section agreed on it. */
    public Optional<Integer> extensionId(String uri) {
        return extensions.entrySet().stream().filter(e -> e.getValue().equals(uri)).map(Map.Entry::getKey).findFirst();
    }
}
