package dev.trunkline.relay.sdp;

import java.util.List;

/**
 * The skeleton that an answer repeats from its offer.
 *
 * @param timing value of {@code t=}
 * @param sections each {@code m=} line of the offer, in order
 * @param accepted index of the section that is accepted
 * @param family of that section's address
 */
public record AnswerShape(String timing, List<Section> sections, int accepted, MediaAddress.Family family) {
    public AnswerShape {
        sections = List.copyOf(sections);
    }

    /** @param formats as the offer wrote them */
    public record Section(String kind, String protocol, List<String> formats) {
        public Section {
            formats = List.copyOf(formats);
        }
    }
}
