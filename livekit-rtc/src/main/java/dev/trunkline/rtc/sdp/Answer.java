package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * The server's answer.
 *
 * @param credentials the server's, the same for every section of the bundle
 * @param fingerprint SHA-256 of the server's certificate: upper-case hexadecimal with colons
 * @param setup       an answer to our {@code active} must say {@code passive} (RFC 8842 section 5.3)
 * @param candidates  UDP candidates in it; more may be trickled
 * @param sections    in the order of the offer
 */
public record Answer(
        IceCredentials credentials,
        String fingerprint,
        String setup,
        List<IceCandidate> candidates,
        List<AnswerSection> sections) {

    public Answer {
        candidates = List.copyOf(candidates);
        sections = List.copyOf(sections);
    }

    public Optional<AnswerSection> section(String mid) {
        return sections.stream().filter(section -> section.mid().equals(mid)).findFirst();
    }

    /**
     * Parses an answer. Lines that are not needed here are skipped, whatever they contain.
     *
     * @throws SdpException if something is missing that a connection needs
     */
    public static Answer parse(String sdp) throws SdpException {
        return new AnswerReader().read(sdp);
    }
}
