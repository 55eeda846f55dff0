package dev.trunkline.sip.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The messages of RFC 4475, kept in {@code src/test/resources/rfc4475}. */
public final class TortureMessages {
    public static final List<String> NAMES = List.of("wsinv", "intmeth", "esc01", "escnull", "esc02", "lwsdisp", "longreq",
            "dblreq", "semiuri", "transports", "mpart01", "unreason", "noreason", "badinv01", "clerr", "ncl", "scalar02",
            "scalarlg", "quotbal", "ltgtruri", "lwsruri", "lwsstart", "trws", "escruri", "baddate", "regbadct", "badaspec",
            "baddn", "badvers", "mismatch01", "mismatch02", "bigcode", "badbranch", "insuf", "unkscm", "novelsc", "unksm2",
            "bext01", "invut", "regaut01", "multi01", "mcl01", "bcast", "zeromf", "cparam01", "cparam02", "regescrt",
            "sdp01", "inv2543");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    private TortureMessages() {}

    /** @param port to which responses are to be sent */
    public static byte[] of(String name, int port) {
        try (var file = TortureMessages.class.getResourceAsStream("/rfc4475/" + name + ".sip")) {
            String text = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1).replace("\n", "\r\n");
            text = BYTE.matcher(text)
                    .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                            String.valueOf((char) Integer.parseInt(match.group(1), 16))));
            int body = text.length() - (text.indexOf("\r\n\r\n") + 4);
            return text.replace("@PORT@", ":" + port)
                    .replace("@LENGTH@", Integer.toString(body))
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
