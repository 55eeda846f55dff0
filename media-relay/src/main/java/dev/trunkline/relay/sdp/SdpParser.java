package dev.trunkline.relay.sdp;

import dev.trunkline.relay.sdp.MediaDescription.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a session description (RFC 8866). Strict where a guess could send audio to a stranger (addresses, ports), lenient
 * where phones are sloppy: bare line feeds, unknown lines and attributes, attributes that are damaged.
 */
final class SdpParser {
    /** Offers of phones are about 1 KiB; what is much longer is no offer. */
    private static final int MOST_CHARACTERS = 65_536;
    private static final int MOST_MEDIA = 32;
    private static final int MOST_KEYS = 32;
    private static final int MOST_FORMATS = 128;

    private Optional<String> sessionConnection = Optional.empty();
    private MediaDirection sessionDirection = MediaDirection.SENDRECV;
    private OptionalInt sessionPtime = OptionalInt.empty();
    private OptionalInt sessionMaxPtime = OptionalInt.empty();
    private String timing = "0 0";
    private final List<MediaSection> sections = new ArrayList<>();

    private SdpParser() {}

    static SessionDescription parse(String text) throws MalformedSdpException {
        if (text.isBlank()) {
            throw new MalformedSdpException("there is no session description");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new MalformedSdpException("the session description is longer than " + MOST_CHARACTERS + " characters");
        }
        var parser = new SdpParser();
        parser.lines(text);
        return parser.result();
    }

    private void lines(String text) throws MalformedSdpException {
        int number = 0;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new MalformedSdpException("line " + number + " is not of the form <type>=<value>");
            }
            line(number, line.charAt(0), line.substring(2).strip());
        }
    }

    private void line(int number, char type, String value) throws MalformedSdpException {
        if (number == 1 && (type != 'v' || !value.equals("0"))) {
            throw new MalformedSdpException("the first line is not v=0");
        }
        switch (type) {
            case 'c' -> connection(number, value);
            case 't' -> timing(value);
            case 'm' -> media(number, value);
            case 'a' -> attribute(value);
            default -> {
                // o=, s=, b= and the like do not matter here.
            }
        }
    }

    private void connection(int number, String value) throws MalformedSdpException {
        String[] parts = value.split("\\s+");
        if (parts.length != 3 || !parts[0].equals("IN") || !(parts[1].equals("IP4") || parts[1].equals("IP6"))) {
            throw new MalformedSdpException("line " + number + " is not c=IN IP4|IP6 <address>");
        }
        Optional<String> address = Optional.of(parts[2]);
        if (sections.isEmpty()) {
            sessionConnection = address;
        } else {
            sections.getLast().connection = address;
        }
    }

    private void timing(String value) {
        if (value.matches("\\d{1,20} \\d{1,20}")) {
            timing = value;
        }
    }

    private void media(int number, String value) throws MalformedSdpException {
        String[] parts = value.split("\\s+");
        if (parts.length < 4 || parts.length > 3 + MOST_FORMATS) {
            throw new MalformedSdpException("line " + number + " is not m=<media> <port> <proto> <fmt> …");
        }
        if (sections.size() == MOST_MEDIA) {
            throw new MalformedSdpException("there are more than " + MOST_MEDIA + " m= lines");
        }
        String port = parts[1].contains("/") ? parts[1].substring(0, parts[1].indexOf('/')) : parts[1];
        sections.add(new MediaSection(
                parts[0].toLowerCase(Locale.ROOT),
                number(port, 65_535).orElseThrow(() -> new MalformedSdpException("the port in line " + number + " is none")),
                parts[2],
                Arrays.asList(parts).subList(3, parts.length)));
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        String name = colon < 0 ? value : value.substring(0, colon);
        String rest = colon < 0 ? "" : value.substring(colon + 1).strip();
        MediaDirection.ofAttribute(name).ifPresent(this::direction);
        switch (name) {
            case "rtpmap" -> rtpmap(rest);
            case "fmtp" -> fmtp(rest);
            case "crypto" -> crypto(rest);
            case "ptime" -> ptime(number(rest, 1_000));
            case "maxptime" -> maxPtime(number(rest, 1_000));
            case "rtcp" -> rtcp(rest);
            default -> {
                // Unknown attributes are to be ignored (RFC 8866 section 5.13).
            }
        }
    }

    private void crypto(String value) {
        if (!sections.isEmpty() && sections.getLast().crypto.size() < MOST_KEYS) {
            CryptoLine.parse(value).ifPresent(sections.getLast().crypto::add);
        }
    }

    private void direction(MediaDirection direction) {
        if (sections.isEmpty()) {
            sessionDirection = direction;
        } else {
            sections.getLast().direction = Optional.of(direction);
        }
    }

    private void ptime(OptionalInt millis) {
        if (sections.isEmpty()) {
            sessionPtime = millis;
        } else {
            sections.getLast().ptime = millis;
        }
    }

    private void maxPtime(OptionalInt millis) {
        if (sections.isEmpty()) {
            sessionMaxPtime = millis;
        } else {
            sections.getLast().maxPtime = millis;
        }
    }

    /** {@code <payload type> <parameters>}. */
    private void fmtp(String value) {
        int space = value.indexOf(' ');
        OptionalInt payloadType = number(space < 0 ? "" : value.substring(0, space), 127);
        if (!sections.isEmpty() && payloadType.isPresent()) {
            sections.getLast().parameters.put(payloadType.getAsInt(), value.substring(space + 1).strip());
        }
    }

    /** {@code <payload type> <encoding name>/<clock rate>[/<channels>]}; a damaged one leaves its payload type unknown. */
    private void rtpmap(String value) {
        String[] parts = value.split("[\\s/]+");
        if (sections.isEmpty() || parts.length < 3) {
            return;
        }
        OptionalInt payloadType = number(parts[0], 127);
        OptionalInt clockRate = number(parts[2], 1_000_000);
        if (payloadType.isPresent() && clockRate.isPresent()) {
            sections.getLast().encodings.put(
                    payloadType.getAsInt(), new Encoding(parts[1].toLowerCase(Locale.ROOT), clockRate.getAsInt()));
        }
    }

    /** RFC 3605: {@code a=rtcp:<port> [IN IP4 <address>]}; another address than that of the RTP is not followed. */
    private void rtcp(String value) {
        if (!sections.isEmpty()) {
            sections.getLast().rtcpPort = number(value.split("\\s+")[0], 65_535);
        }
    }

    private static OptionalInt number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(digits);
        return value > most ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private SessionDescription result() {
        List<MediaDescription> media = sections.stream()
                .map(section -> section.described(sessionConnection, sessionDirection, sessionPtime, sessionMaxPtime))
                .toList();
        return new SessionDescription(sessionConnection, timing, media);
    }
}
