package dev.trunkline.sip.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Damages messages, in the same way for the same seed. */
public final class Mutator {
    private static final List<String> PIECES = List.of("\r\n", "\r\n\r\n", "\r", "\n", "\r\n ", "\0", ";", ";;", ",", ":", "<",
            ">", "\"", "\\", "%", "%00", "%zz", "@", "?", "=", "[", "]", "[::1]", "sip:", "sips:", "tel:", "*", "/", " ", "\t",
            "-1", "0", "65536", "2147483648", "4294967296", "99999999999999999999", "SIP/2.0", "SIP/7.0", ";lr", ";tag=",
            ";branch=z9hG4bK", ";rport", ";received=::1", ";maddr=127.0.0.1", "Content-Length: 5\r\n", "l: -1\r\n",
            "Via: SIP/2.0/UDP x\r\n", "Route: <sip:a;lr>\r\n", "Record-Route: sip:\r\n", "Require: 100rel\r\n",
            "Contact: *\r\n", "Max-Forwards: 0\r\n", "Session-Expires: 1;refresher=x\r\n", "P-Asserted-Identity: <tel:>\r\n",
            "Diversion: \"<sip:\r\n", "\u00ff\u00fe", "\u00c3\u0028", "m=audio 0 RTP/AVP 0\r\n", "c=IN IP4 0.0.0.0\r\n");

    private final RandomGenerator random;
    private final List<byte[]> corpus;

    public Mutator(long seed, List<byte[]> corpus) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.corpus = List.copyOf(corpus);
    }

    public byte[] next() {
        byte[] message = pick();
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            message = changed(message);
        }
        return message;
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] changed(byte[] m) {
        return switch (random.nextInt(11)) {
            case 0 -> with(m, at(m), 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> with(m, at(m), random.nextInt(1 + Math.min(40, m.length)), new byte[0]);
            case 2 -> with(m, at(m), 0, piece());
            case 3 -> with(m, at(m), random.nextInt(4), piece());
            case 4 -> with(m, at(m), 0, slice(m));
            case 5 -> with(m, at(m), 0, slice(pick()));
            case 6 -> Arrays.copyOf(m, at(m));
            case 7 -> number(m);
            case 8 -> lines(m);
            case 9 -> with(m, at(m), 0, piece(random.nextInt(2500)));
            default -> joined(Arrays.copyOf(m, at(m)), pick());
        };
    }

    private int at(byte[] m) {
        return m.length == 0 ? 0 : random.nextInt(m.length);
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns one piece repeated to the length. */
    private byte[] piece(int length) {
        byte[] piece = piece();
        return Arrays.copyOf(new String(piece, StandardCharsets.ISO_8859_1)
                .repeat(1 + length / piece.length).getBytes(StandardCharsets.ISO_8859_1), length);
    }

    private byte[] slice(byte[] m) {
        int from = at(m);
        return Arrays.copyOfRange(m, from, Math.min(m.length, from + random.nextInt(120)));
    }

    /** Replaces a number by another, often a boundary value. */
    private byte[] number(byte[] m) {
        int from = at(m);
        while (from < m.length && !Character.isDigit(m[from])) {
            from++;
        }
        int to = from;
        while (to < m.length && Character.isDigit(m[to])) {
            to++;
        }
        String value = switch (random.nextInt(5)) {
            case 0 -> "-1";
            case 1 -> "4294967296";
            case 2 -> "9".repeat(1 + random.nextInt(60));
            case 3 -> "0".repeat(1 + random.nextInt(60));
            default -> Integer.toString(random.nextInt());
        };
        return with(m, from, to - from, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Duplicates, drops or swaps whole lines. */
    private byte[] lines(byte[] m) {
        var lines = new ArrayList<>(List.of(new String(m, StandardCharsets.ISO_8859_1).split("\r\n", -1)));
        int which = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.add(which, lines.get(random.nextInt(lines.size())));
            case 1 -> lines.remove(which);
            default -> Collections.swap(lines, which, random.nextInt(lines.size()));
        }
        return String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] with(byte[] m, int at, int instead, byte[] piece) {
        var out = new ByteArrayOutputStream(m.length + piece.length);
        out.write(m, 0, Math.min(at, m.length));
        out.writeBytes(piece);
        int rest = Math.min(m.length, at + instead);
        out.write(m, rest, m.length - rest);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return with(first, first.length, 0, second);
    }
}
