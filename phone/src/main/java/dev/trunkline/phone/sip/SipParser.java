package dev.trunkline.phone.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a datagram as a SIP message (RFC 3261 7, 18.3). */
public final class SipParser {

    private static final Map<String, String> COMPACT = Map.of(
            "v", "Via", "f", "From", "t", "To", "i", "Call-ID", "m", "Contact",
            "c", "Content-Type", "l", "Content-Length", "k", "Supported", "e", "Content-Encoding", "s", "Subject");

    private SipParser() {}

    /**
     * Parses one message.
     *
     * @throws SipParseException if it is not a SIP message
     */
    public static SipMessage parse(byte[] datagram, int length) {
        int from = 0;
        while (from < length && (datagram[from] == '\r' || datagram[from] == '\n')) {
            from++;
        }
        int bodyAt = endOfHeaders(datagram, from, length);
        String[] lines = new String(datagram, from, bodyAt - from, StandardCharsets.UTF_8).split("\r?\n");
        List<Header> headers = new ArrayList<>();
        int bodyLength = length - bodyAt;
        for (Header header : headerLines(lines)) {
            if (header.name().equalsIgnoreCase("Content-Length")) {
                bodyLength = declared(header.value(), bodyLength);
            } else {
                headers.add(header);
            }
        }
        String body = new String(datagram, bodyAt, bodyLength, StandardCharsets.UTF_8);
        return startLine(lines[0], new Headers(headers), body);
    }

    private static SipMessage startLine(String line, Headers headers, String body) {
        String[] parts = line.split(" ", 3);
        if (parts.length >= 2 && parts[0].equals("SIP/2.0") && parts[1].matches("[1-6]\\d\\d")) {
            return new SipResponse(Integer.parseInt(parts[1]), parts.length == 3 ? parts[2].strip() : "", headers, body);
        }
        if (parts.length == 3 && parts[2].equals("SIP/2.0") && !parts[0].isEmpty() && !parts[1].isEmpty()) {
            return new SipRequest(parts[0], parts[1], headers, body);
        }
        throw new SipParseException("neither a request line nor a status line: " + line);
    }

    private static List<Header> headerLines(String[] lines) {
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t') && !headers.isEmpty()) {
                Header folded = headers.removeLast();
                headers.add(new Header(folded.name(), (folded.value() + " " + line.strip()).strip()));
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new SipParseException("not a header line: " + line);
            }
            String name = line.substring(0, colon).strip();
            headers.add(new Header(COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    /** Over UDP a body may be shorter than the datagram, never longer (RFC 3261 18.3). */
    private static int declared(String value, int available) {
        if (!value.matches("\\d{1,9}")) {
            throw new SipParseException("Content-Length is not a number: " + value);
        }
        int length = Integer.parseInt(value);
        if (length > available) {
            throw new SipParseException("Content-Length says " + length + ", but only " + available + " bytes arrived");
        }
        return length;
    }

    private static int endOfHeaders(byte[] data, int from, int length) {
        for (int i = from; i < length; i++) {
            if (data[i] != '\n') {
                continue;
            }
            if (i + 1 < length && data[i + 1] == '\n') {
                return i + 2;
            }
            if (i + 2 < length && data[i + 1] == '\r' && data[i + 2] == '\n') {
                return i + 3;
            }
        }
        throw new SipParseException("no empty line ends the headers");
    }
}
