package dev.trunkline.system.support;

import dev.trunkline.hostile.RawSip;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Malformed messages and session descriptions, each wrong in one named way. */
public final class Garbage {
    private static final String NUMBER = "+3225550101";
    private static final String CALLER = "+32470800003";

    private Garbage() {}

    /** Returns datagrams that are not SIP, or SIP that must not be taken for a call. */
    public static Map<String, byte[]> messages(RawSip raw) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        nonsense(all);
        headers(all, raw);
        lengthsAndBodies(all, raw);
        strays(all, raw);
        return all;
    }

    private static void nonsense(Map<String, byte[]> all) {
        all.put("nothing", new byte[0]);
        all.put("one zero", new byte[1]);
        all.put("a keep-alive", bytes("\r\n\r\n"));
        all.put("HTTP", bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        all.put("a start line alone", bytes("INVITE sip:x@y SIP/2.0"));
        all.put("a start line and headers without a value", bytes("INVITE sip:x@y SIP/2.0\r\nVia\r\nTo\r\n:\r\n\r\n"));
        all.put("only colons", bytes(":".repeat(5_000)));
        Random random = new Random(4475);
        for (int length : new int[] {7, 100, 1_400, 8_000, 60_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            all.put(length + " bytes of noise", noise);
        }
    }

    private static void headers(Map<String, byte[]> all, RawSip raw) {
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            all.put("no " + name, bytes(raw.invite(NUMBER, CALLER).replaceFirst("(?m)^" + name + ":.*\r\n", "")));
            all.put("an empty " + name, bytes(raw.invite(NUMBER, CALLER).replaceFirst("(?m)^" + name + ":.*\r\n", name + ":\r\n")));
        }
        all.put("a CSeq of 40 digits", changed(raw, "CSeq: 1 INVITE", "CSeq: " + "9".repeat(40) + " INVITE"));
        all.put("a negative CSeq", changed(raw, "CSeq: 1 INVITE", "CSeq: -1 INVITE"));
        all.put("a CSeq of another method", changed(raw, "CSeq: 1 INVITE", "CSeq: 1 BYE"));
        all.put("no more hops", changed(raw, "Max-Forwards: 70", "Max-Forwards: 0"));
        all.put("an unknown scheme", changed(raw, "INVITE sip:", "INVITE nobodyKnows:"));
        all.put("no URI", bytes(raw.invite(NUMBER, CALLER).replaceFirst("INVITE \\S+ SIP", "INVITE  SIP")));
        all.put("spaces in the URI", bytes(raw.invite(NUMBER, CALLER).replaceFirst("INVITE sip:", "INVITE sip: a b c ")));
        all.put("an open quote", changed(raw, "From: <", "From: \"open <"));
        all.put("an extension that is required", changed(raw, "Max-Forwards: 70", "Max-Forwards: 70\r\nRequire: nothing-that-is"));
        all.put("a Via of no port", changed(raw, ";branch=", "99999999;branch="));
        all.put("a header of 50 kB", changed(raw, "Max-Forwards: 70", "Max-Forwards: 70\r\nX-Long: " + "x".repeat(50_000)));
        all.put("3,000 headers", changed(raw, "Max-Forwards: 70", "Max-Forwards: 70" + "\r\nX: y".repeat(3_000)));
    }

    private static void lengthsAndBodies(Map<String, byte[]> all, RawSip raw) {
        all.put("a Content-Length beyond the datagram", bytes(raw.invite(NUMBER, CALLER).replaceFirst("Content-Length: \\d+", "Content-Length: 9999")));
        all.put("a negative Content-Length", bytes(raw.invite(NUMBER, CALLER).replaceFirst("Content-Length: \\d+", "Content-Length: -1")));
        all.put("a Content-Length of words", bytes(raw.invite(NUMBER, CALLER).replaceFirst("Content-Length: \\d+", "Content-Length: many")));
        all.put("a body of no known type", changed(raw, "application/sdp", "application/x-nobody"));
        all.put("a compressed body", changed(raw, "Content-Type:", "Content-Encoding: gzip\r\nContent-Type:"));
    }

    private static void strays(Map<String, byte[]> all, RawSip raw) {
        for (String method : new String[] {"BYE", "CANCEL", "ACK", "INFO", "PRACK", "UPDATE", "REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE"}) {
            all.put("a stray " + method, bytes(raw.options().replace("OPTIONS", method)));
        }
        all.put("an INVITE of an unknown dialog", bytes(raw.invite(NUMBER, CALLER).replaceFirst("(?m)^(To:.*)\r\n", "$1;tag=nobody\r\n")));
        all.put("a response to nothing", bytes(raw.options().replaceFirst("OPTIONS .*\r\n", "SIP/2.0 200 OK\r\n")));
        all.put("a response of no status", bytes(raw.options().replaceFirst("OPTIONS .*\r\n", "SIP/2.0 99999999999 OK\r\n")));
    }

    /** Returns malformed offers for a well-formed INVITE. */
    public static Map<String, String> sessionDescriptions() {
        Map<String, String> all = new LinkedHashMap<>();
        String good = lines("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 40000 RTP/AVP 0",
                "a=rtpmap:0 PCMU/8000");
        all.put("only a version", lines("v=0"));
        all.put("no media", good.replaceFirst("m=audio.*\r\n", ""));
        all.put("an empty media line", good.replaceFirst("m=audio.*\r\n", "m=\r\n"));
        all.put("a media line without formats", good.replace(" RTP/AVP 0\r\n", " RTP/AVP\r\n"));
        all.put("a port of words", good.replace("40000", "forty"));
        all.put("a port beyond 65535", good.replace("40000", "70000"));
        all.put("a negative port", good.replace("40000", "-5"));
        all.put("a port of 30 digits", good.replace("40000", "4".repeat(30)));
        all.put("a stream that is switched off", good.replace("40000", "0"));
        all.put("only video", good.replace("m=audio", "m=video"));
        all.put("encryption, which nobody has asked this trunk for", good.replace("RTP/AVP", "RTP/SAVP"));
        all.put("no connection", good.replaceFirst("c=.*\r\n", ""));
        all.put("only telephone-event", good.replace("RTP/AVP 0", "RTP/AVP 101").replace("rtpmap:0 PCMU/8000", "rtpmap:101 telephone-event/8000"));
        all.put("a codec that nobody has", good.replace("RTP/AVP 0", "RTP/AVP 97").replace("rtpmap:0 PCMU/8000", "rtpmap:97 X/1"));
        all.put("formats that are no numbers", good.replace("RTP/AVP 0", "RTP/AVP a b c"));
        all.put("no line ends", "v=0 o=- s=- m=audio");
        all.put("noise", "\u0001\u0002\u00ff\u00fe=\u0000\r\n=\r\n==\r\n");
        return all;
    }

    private static byte[] changed(RawSip raw, String from, String to) {
        return bytes(raw.invite(NUMBER, CALLER).replace(from, to));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
