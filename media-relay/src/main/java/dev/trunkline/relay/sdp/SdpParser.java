package dev.trunkline.relay.sdp;

import dev.trunkline.relay.sdp.MediaDescription.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a session description (RFC 8866). Strict where a guess could send audio to a stranger (addresses, ports), lenient
 * where phones are sloppy: bare line feeds, unknown lines and attributes, damaged attributes. The scanners of {@link SdpText} read each
 * line once, and every repeated element is counted.
 */
final class SdpParser {
    /** Offers from phones are about 1 KiB; a much longer text is no offer. */
    static final int MOST_CHARACTERS = 65_536;
    static final int MOST_LINES = 2_000;
    static final int MOST_MEDIA = 32;
    static final int MOST_KEYS = 32;
    static final int MOST_FORMATS = 128;
    /** Maximum length of a word that the answer repeats: a kind of media, a protocol, a format. */
    private static final int MOST_WORD = 64;
    /** Maximum digits of NTP seconds (RFC 8866 section 5.9). */
    private static final int MOST_TIME_DIGITS = 20;

    private Optional<MediaAddress> sessionConnection = Optional.empty();
    private MediaDirection sessionDirection = MediaDirection.SENDRECV;
    private OptionalInt sessionPtime = OptionalInt.empty();
    private OptionalInt sessionMaxPtime = OptionalInt.empty();
    private String timing = "0 0";
    private final List<MediaSection> sections = new ArrayList<>();

    private SdpParser() {}

    static SessionDescription parse(String text) throws MalformedSdpException {
        if (text.length() > MOST_CHARACTERS) {
            throw new MalformedSdpException("the session description is longer than " + MOST_CHARACTERS + " characters");
        }
        if (text.isBlank()) {
            throw new MalformedSdpException("there is no session description");
        }
        var parser = new SdpParser();
        parser.lines(text);
        return parser.result();
    }

    /** Lines end with CRLF; either character alone is accepted too, because phones are sloppy. */
    private void lines(String text) throws MalformedSdpException {
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
                end++;
            }
            number++;
            if (number > MOST_LINES) {
                throw new MalformedSdpException("there are more than " + MOST_LINES + " lines");
            }
            String line = text.substring(at, end);
            if (!line.isBlank()) {
                line(number, line);
            }
            boolean crlf = end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n';
            at = end + (crlf ? 2 : 1);
        }
    }

    private void line(int number, String line) throws MalformedSdpException {
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw new MalformedSdpException("line " + number + " is not of the form <type>=<value>");
        }
        char type = line.charAt(0);
        String value = line.substring(2).strip();
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

    /** A stream's own value overrides that of the session (RFC 8866 section 5.7). */
    private void connection(int number, String value) throws MalformedSdpException {
        Optional<MediaAddress> address = MediaAddress.parse(value);
        if (address.isEmpty()) {
            throw new MalformedSdpException("line " + number + " is not c=IN IP4|IP6 <address>");
        }
        if (sections.isEmpty()) {
            sessionConnection = address;
        } else {
            sections.getLast().connection = address;
        }
    }

    private void timing(String value) {
        List<String> times = SdpText.words(value, 2);
        if (times.size() == 2
                && times.stream().allMatch(time -> time.length() <= MOST_TIME_DIGITS && SdpText.isDigits(time))) {
            timing = times.get(0) + " " + times.get(1);
        }
    }

    private void media(int number, String value) throws MalformedSdpException {
        List<String> words = SdpText.words(value, 3 + MOST_FORMATS);
        if (words.size() < 4 || words.size() > 3 + MOST_FORMATS
                || !words.stream().allMatch(word -> SdpText.isVisible(word, MOST_WORD))) {
            throw new MalformedSdpException("line " + number + " is not m=<media> <port> <proto> <fmt> …");
        }
        if (sections.size() == MOST_MEDIA) {
            throw new MalformedSdpException("there are more than " + MOST_MEDIA + " m= lines");
        }
        String written = words.get(1);
        int slash = written.indexOf('/');
        OptionalInt port = SdpText.number(slash < 0 ? written : written.substring(0, slash), 65_535);
        sections.add(new MediaSection(
                words.get(0).toLowerCase(Locale.ROOT),
                port.orElseThrow(() -> new MalformedSdpException("the port in line " + number + " is not a valid port")),
                words.get(2),
                words.subList(3, words.size())));
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
            case "ptime" -> ptime(SdpText.number(rest, 1_000));
            case "maxptime" -> maxPtime(SdpText.number(rest, 1_000));
            case "rtcp" -> rtcp(rest);
            default -> {
                // Unknown attributes must be ignored (RFC 8866 section 5.13).
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
        OptionalInt payloadType = SdpText.number(space < 0 ? "" : value.substring(0, space), 127);
        if (!sections.isEmpty() && payloadType.isPresent()) {
            sections.getLast().parameters.put(payloadType.getAsInt(), value.substring(space + 1).strip());
        }
    }

    /** {@code <payload type> <encoding name>/<clock rate>[/<channels>]}; a damaged one leaves its payload type unknown. */
    private void rtpmap(String value) {
        List<String> words = SdpText.words(value.replace('/', ' '), 4);
        if (sections.isEmpty() || words.size() < 3 || !SdpText.isVisible(words.get(1), MOST_WORD)) {
            return;
        }
        OptionalInt payloadType = SdpText.number(words.get(0), 127);
        OptionalInt clockRate = SdpText.number(words.get(2), 1_000_000);
        if (payloadType.isPresent() && clockRate.isPresent()) {
            sections.getLast().encodings.put(
                    payloadType.getAsInt(), new Encoding(words.get(1).toLowerCase(Locale.ROOT), clockRate.getAsInt()));
        }
    }

    /** RFC 3605: {@code a=rtcp:<port> [IN IP4 <address>]}; another address than that of the RTP is not followed. */
    private void rtcp(String value) {
        List<String> words = SdpText.words(value, 1);
        if (!sections.isEmpty() && !words.isEmpty()) {
            sections.getLast().rtcpPort = SdpText.number(words.get(0), 65_535);
        }
    }

    private SessionDescription result() {
        List<MediaDescription> media = sections.stream()
                .map(section -> section.described(sessionConnection, sessionDirection, sessionPtime, sessionMaxPtime))
                .toList();
        return new SessionDescription(timing, media);
    }
}
