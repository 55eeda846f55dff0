package dev.trunkline.hostile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Well-formed INVITEs in which one part is very long or repeated very often, each with a name. */
public final class Overlong {
    /** Length of the long part: UDP carries 65,507 octets, and the rest of an INVITE takes under two thousand of them. */
    public static final int LENGTH = 63_000;
    public static final int REPEATED = 10_000;

    private static final String SDP_MARK = "s=-\r\n";

    private Overlong() {}

    /** Lengths on both sides of every limit that a parser may set itself. */
    private static final List<Integer> LENGTHS = List.of(700, 3_900, 7_900, 15_000, LENGTH);

    /** Returns the fillers for a header or line, by the name of the filler. */
    public static Map<String, String> fillers() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int length : LENGTHS) {
            fillers(length).forEach((name, filler) -> all.put(length + " octets of " + name, filler));
        }
        return all;
    }

    /** Returns each kind of filler once, with a random length. */
    public static Map<String, String> fillers(Random random) {
        Map<String, String> some = new LinkedHashMap<>();
        for (String kind : fillers(1_000).keySet()) {
            int length = LENGTHS.get(random.nextInt(LENGTHS.size()));
            some.put(length + " octets of " + kind, fillers(length).get(kind));
        }
        return some;
    }

    private static Map<String, String> fillers(int length) {
        Map<String, String> fillers = new LinkedHashMap<>();
        for (String one : List.of(";", ",", "\"", "<", "(", "\\", " ", "7", "a", "=", "%", "[")) {
            fillers.put("'" + one + "'", one.repeat(length));
        }
        String euro = new String("€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        fillers.put("UTF-8", euro.repeat(length / 3));
        fillers.put("broken UTF-8", "\u00e2\u0082".repeat(length / 2));
        fillers.put("NUL", "\u0000".repeat(length));
        fillers.put("parameters", ";a=b".repeat(length / 4));
        fillers.put("comments in comments", "(".repeat(length / 2) + ")".repeat(length / 2));
        fillers.put("quoted strings", "\"a\\\"b\" ".repeat(length / 7));
        return fillers;
    }

    /** Returns the headers that are filled, in turn after their existing value and instead of it. */
    public static List<String> headers() {
        return List.of(
                "Via", "From", "To", "Call-ID", "CSeq", "Contact", "Max-Forwards", "Content-Type", "Content-Length", "Route",
                "Record-Route", "Allow", "Supported", "Require", "Proxy-Require", "Expires", "Session-Expires", "Min-SE",
                "Authorization", "Proxy-Authorization", "Reason", "Replaces", "Referred-By", "P-Asserted-Identity",
                "Remote-Party-ID", "Diversion", "History-Info", "Privacy", "User-Agent", "Subject", "Accept",
                "Content-Disposition", "Content-Encoding", "Date", "Timestamp", "Warning", "Identity", "X-Anything");
    }

    /** Returns an INVITE whose header of this name ends with the filler. */
    public static String withHeader(String invite, String name, String filler) {
        String line = invite.lines().filter(each -> each.startsWith(name + ":")).findFirst().orElse("");
        if (line.isEmpty()) {
            return invite.replaceFirst("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + name + ": " + quoted(filler) + "\r\n");
        }
        return invite.replace(line + "\r\n", line + filler + "\r\n");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }

    /** Returns the beginning of each SDP line that is filled. */
    public static List<String> sdpLines() {
        return List.of(
                "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "i=", "u=", "e=", "p=", "c=IN IP4 127.0.0.1", "b=AS:", "t=0 0", "r=", "z=",
                "k=", "m=audio 40000 RTP/AVP 0", "a=", "a=rtpmap:0 PCMU/8000", "a=fmtp:0 ", "a=ptime:20", "a=crypto:1 ",
                "a=candidate:", "a=group:", "a=mid:", "a=sendrecv");
    }

    /** Returns a G.711 offer whose line with this beginning ends with the filler. */
    public static String sdpWith(String line, String filler) {
        List<String> lines = new java.util.ArrayList<>(List.of(
                "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 40000 RTP/AVP 0",
                "a=rtpmap:0 PCMU/8000"));
        int at = lines.indexOf(line);
        if (at >= 0) {
            lines.set(at, line + filler);
        } else {
            lines.add(line + filler);
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    /** Returns headers that repeat ten thousand times, as lines or as values of one line, cut to the size of a datagram. */
    public static Map<String, String> repeatedHeaders(String host) {
        Map<String, String> all = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Via", "SIP/2.0/UDP h");
        values.put("Route", "<sip:h;lr>");
        values.put("Record-Route", "<sip:h;lr>");
        values.put("Contact", "<sip:h>");
        values.put("Supported", "x");
        values.put("Require", "x");
        values.put("P-Asserted-Identity", "<sip:h>");
        values.put("Diversion", "<sip:h>");
        values.put("History-Info", "<sip:h>;index=1");
        values.put("Authorization", "Digest a=\"b\"");
        values.put("Reason", "SIP;cause=1");
        values.forEach((name, value) -> {
            all.put(name + " in lines", cut((name + ": " + value + "\r\n").repeat(REPEATED), "\r\n"));
            all.put(name + " in one line", cut(name + ": " + (value + ",").repeat(REPEATED), ",") + value + "\r\n");
        });
        all.put("folded lines", cut("Subject: x\r\n" + " x\r\n".repeat(REPEATED), "\r\n"));
        all.put("empty quoted strings", cut("Contact: " + "\"\"".repeat(REPEATED) + "<sip:" + host + ">\r\n", ">"));
        return all;
    }

    private static String cut(String text, String end) {
        return text.length() <= LENGTH ? text : text.substring(0, text.lastIndexOf(end, LENGTH) + end.length());
    }

    /** Returns offers in which each part that may repeat does so ten thousand times, as far as a datagram can carry it. */
    public static Map<String, String> repeatedSdp() {
        Map<String, String> all = new LinkedHashMap<>();
        String head = sdpWith("a=sendrecv", "");
        all.put("media lines", cut(head + "m=audio 0 RTP/AVP 0\r\n".repeat(REPEATED), "\r\n"));
        all.put("attributes", cut(head + "a=x\r\n".repeat(REPEATED), "\r\n"));
        all.put("formats", sdpWith("m=audio 40000 RTP/AVP 0", cut(" 0".repeat(REPEATED * 3), " ").stripTrailing()));
        all.put("rtpmaps", cut(head + "a=rtpmap:0 PCMU/8000\r\n".repeat(REPEATED), "\r\n"));
        all.put("keys of one crypto line", sdpWith("a=crypto:1 ", "S inline:A" + " A".repeat(2_000)));
        all.put("many keys of one crypto line", sdpWith("a=crypto:1 ", "AES_CM_128_HMAC_SHA1_80 " + "inline:A;".repeat(5_000) + "inline:A"));
        all.put("crypto lines", cut(head + "a=crypto:1 S inline:A\r\n".repeat(REPEATED), "\r\n"));
        all.put("connection lines", cut(head + "c=IN IP4 127.0.0.1\r\n".repeat(REPEATED), "\r\n"));
        all.put("time lines", head.replace(SDP_MARK, SDP_MARK + "t=0 0\r\n".repeat(8_000)));
        all.put("bandwidths", cut(head + "b=AS:1\r\n".repeat(REPEATED), "\r\n"));
        return all;
    }

    /** Returns multipart bodies, each with the Content-Type that it is sent with. */
    public static Map<String, Multipart> multiparts(String sdp) {
        Map<String, Multipart> all = new LinkedHashMap<>();
        String part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
        all.put("parts beside each other", new Multipart("multipart/mixed;boundary=b", part.repeat(1_400) + sdpPart("b", sdp) + "--b--\r\n"));
        all.put("boundaries alone", new Multipart("multipart/mixed;boundary=b", "--b\r\n".repeat(REPEATED) + sdpPart("b", sdp) + "--b--\r\n"));
        String opening = IntStream.range(0, 900)
                .mapToObj(i -> "--b" + i + "\r\nContent-Type: multipart/mixed;boundary=b" + (i + 1) + "\r\n\r\n")
                .collect(Collectors.joining());
        all.put("parts within parts", new Multipart("multipart/mixed;boundary=b0", opening + sdpPart("b900", sdp) + "--b900--\r\n"));
        String same = "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n";
        all.put("parts within parts of one boundary", new Multipart("multipart/mixed;boundary=b", same.repeat(1_100) + sdpPart("b", sdp)));
        all.put("a boundary of 60,000 dashes", new Multipart("multipart/mixed;boundary=\"" + "-".repeat(20_000) + "\"", "-".repeat(40_000)));
        all.put("no boundary", new Multipart("multipart/mixed", "-".repeat(50_000)));
        return all;
    }

    /**
     * A body.
     *
     * @param type its Content-Type
     */
    public record Multipart(String type, String body) {}

    private static String sdpPart(String boundary, String sdp) {
        return "--" + boundary + "\r\nContent-Type: application/sdp\r\n\r\n" + sdp + "\r\n";
    }
}
