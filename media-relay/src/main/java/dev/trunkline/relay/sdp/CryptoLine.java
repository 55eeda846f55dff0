package dev.trunkline.relay.sdp;

import java.util.Arrays;
import java.util.Optional;

/**
 * A key for SRTP that the phone offers ({@code a=crypto}, RFC 4568 section 9.1). In the suite a key never stands in the clear:
 * where RFC 4568 has {@code inline:<key>} the edge writes {@code sealed:<key, sealed for the call>}, and turns it back in what
 * goes to the phone.
 *
 * @param tag which of the offer's keys it is; the answer repeats it
 * @param sealedKey key and salt in base64, sealed
 */
public record CryptoLine(int tag, CryptoSuite suite, String sealedKey) {
    /** Before a sealed key. */
    public static final String SEALED = "sealed:";

    /**
     * Reads the attribute's value. Empty for what is not spoken here: other suites, several keys, an index of keys (MKI),
     * session parameters that change the protection, a key in the clear.
     */
    static Optional<CryptoLine> parse(String value) {
        String[] parts = value.strip().split("\\s+");
        if (parts.length < 3 || !parts[0].matches("\\d{1,9}") || !parts[2].startsWith(SEALED)) {
            return Optional.empty();
        }
        String[] key = parts[2].substring(SEALED.length()).split("\\|");
        boolean plain = !parts[2].contains(";")
                && !key[0].isEmpty()
                && Arrays.stream(key).skip(1).noneMatch(piece -> piece.contains(":"))
                && Arrays.stream(parts).skip(3).allMatch(CryptoLine::harmless);
        Optional<CryptoSuite> suite =
                Arrays.stream(CryptoSuite.values()).filter(known -> known.name().equals(parts[1])).findFirst();
        return plain ? suite.map(known -> new CryptoLine(Integer.parseInt(parts[0]), known, key[0])) : Optional.empty();
    }

    /** A window hint asks for nothing; what begins with a dash may be passed over (RFC 4568 section 6.3.7). */
    private static boolean harmless(String parameter) {
        return parameter.startsWith("WSH=") || parameter.startsWith("-");
    }

    /** The value for an answer. */
    String answer(String sealedOwnKey) {
        return tag + " " + suite + " " + SEALED + sealedOwnKey;
    }
}
