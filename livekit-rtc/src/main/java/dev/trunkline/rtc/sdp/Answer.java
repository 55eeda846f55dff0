package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param credentials the server's, the same for every section of the bundle
 * @param fingerprint SHA-256 of the server's certificate: upper-case hexadecimal with colons
 * @param setup       {@code passive} is what an answer to our {@code active} has to say (RFC 8842 section 5.3)
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
     * Reads an answer. Lines that are not needed here are skipped, whatever they hold.
     *
     * @throws SdpException when what a connection needs is missing
     */
    public static Answer parse(String sdp) throws SdpException {
        return new AnswerReader().read(sdp);
    }
}
