package dev.trunkline.rtc.sdp;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import dev.trunkline.rtc.text.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses one answer, line by line. Transport attributes may be at the session or in a section; the first one counts. */
final class AnswerReader {

    /** Limits what an answer can make us store. */
    private static final int MOST_SECTIONS = 512;

    private static final Set<String> DIRECTIONS = Set.of("sendrecv", "sendonly", "recvonly", "inactive");

    private static final class Section {
        private final String kind;
        private final boolean rejected;
        private final List<String> formats;
        private final Map<Integer, AudioCodec> mappings = new HashMap<>();
        private final Set<Long> ssrcs = new LinkedHashSet<>();
        private final Map<Integer, String> extensions = new HashMap<>();
        private String mid = "";
        private String direction = "sendrecv";
        private Optional<String> trackId = Optional.empty();

        Section(String kind, boolean rejected, List<String> formats) {
            this.kind = kind;
            this.rejected = rejected;
            this.formats = formats;
        }

        AnswerSection finish() {
            List<AudioCodec> codecs = new ArrayList<>();
            for (String format : formats) {
                number(format).map(Long::intValue).ifPresent(type -> {
                    // Payload types 0 and 8 need no a=rtpmap (RFC 3551 section 6).
                    AudioCodec codec = mappings.get(type);
                    if (codec == null && type < 96) {
                        codec = AudioCodec.ofPayloadType(type).orElse(null);
                    }
                    if (codec != null && codec.payloadType() == type && !codecs.contains(codec)) {
                        codecs.add(codec);
                    }
                });
            }
            return new AnswerSection(
                    mid, kind, rejected, direction, codecs, List.copyOf(ssrcs), trackId, extensions);
        }
    }

    private final Map<String, String> transport = new HashMap<>();
    private final List<IceCandidate> candidates = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private Optional<Section> current = Optional.empty();

    Answer read(String sdp) throws SdpException {
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("m=")) {
                startSection(line.substring(2));
            } else if (line.startsWith("a=")) {
                int colon = line.indexOf(':');
                if (colon < 0) {
                    attribute(line.substring(2).trim(), "");
                } else {
                    attribute(line.substring(2, colon), line.substring(colon + 1).trim());
                }
            }
        }
        return new Answer(
                new IceCredentials(required("ice-ufrag"), required("ice-pwd")),
                fingerprint(required("fingerprint")),
                transport.getOrDefault("setup", "passive"),
                candidates,
                sections.stream().map(Section::finish).toList());
    }

    private void startSection(String value) throws SdpException {
        String[] fields = Fields.of(value);
        if (fields.length < 4) {
            throw new SdpException("the answer has a media line that is too short");
        }
        if (sections.size() >= MOST_SECTIONS) {
            throw new SdpException("the answer has more than " + MOST_SECTIONS + " media sections");
        }
        Section section = new Section(fields[0], fields[1].equals("0"), List.of(fields).subList(3, fields.length));
        sections.add(section);
        current = Optional.of(section);
    }

    private void attribute(String name, String value) {
        switch (name) {
            case "ice-ufrag", "ice-pwd", "fingerprint", "setup" -> transport.putIfAbsent(name, value);
            case "candidate" -> IceCandidate.parse(value).filter(c -> !candidates.contains(c)).ifPresent(candidates::add);
            default -> current.ifPresent(section -> sectionAttribute(section, name, value));
        }
    }

    private static void sectionAttribute(Section section, String name, String value) {
        String[] fields = Fields.of(value);
        switch (name) {
            case "mid" -> section.mid = value;
            case "ssrc" -> number(fields[0]).ifPresent(section.ssrcs::add);
            case "msid" -> section.trackId = fields.length > 1 ? Optional.of(fields[1]) : Optional.empty();
            case "rtpmap" -> {
                if (fields.length > 1) {
                    String encoding = Fields.before('/', fields[1]);
                    number(fields[0]).ifPresent(type -> AudioCodec.ofEncodingName(encoding)
                            .ifPresent(codec -> section.mappings.put(type.intValue(), codec)));
                }
            }
            case "extmap" -> {
                if (fields.length > 1) {
                    // The id may be followed by a direction: "1/sendonly".
                    number(Fields.before('/', fields[0])).ifPresent(id -> section.extensions.put(id.intValue(), fields[1]));
                }
            }
            default -> {
                if (DIRECTIONS.contains(name)) {
                    section.direction = name;
                }
            }
        }
    }

    private String required(String name) throws SdpException {
        String value = transport.get(name);
        if (value == null || value.isBlank()) {
            throw new SdpException("the answer has no a=" + name);
        }
        return value;
    }

    private static String fingerprint(String value) throws SdpException {
        String[] fields = Fields.of(value);
        if (fields.length != 2 || !fields[0].equalsIgnoreCase("sha-256")) {
            throw new SdpException("the answer's a=fingerprint is not sha-256");
        }
        return fields[1].toUpperCase(Locale.ROOT);
    }

    /** Parses an unsigned number of at most 32 bits. */
    private static Optional<Long> number(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value <= 0xffff_ffffL ? Optional.of(value) : Optional.empty();
    }
}
