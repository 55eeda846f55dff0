package dev.trunkline.relay.sdp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An SRTP key that the phone offers ({@code a=crypto}, RFC 4568 section 9.1). Within the suite a key is never in the clear:
 * where RFC 4568 has {@code inline:<key>} the edge writes {@code sealed:<key, sealed for the call>}, and turns it back in what
 * goes to the phone.
 *
 * @param tag which of the offer's keys it is; the answer repeats it
 * @param sealedKey key and salt in base64, sealed
 */
public record CryptoLine(int tag, CryptoSuite suite, String sealedKey) {
    /** Prefix of a sealed key. */
    public static final String SEALED = "sealed:";
    /** Tag, suite, key and session parameters; RFC 4568 defines six of the latter. */
    private static final int MOST_WORDS = 16;
    /** A sealed key of 30 octets takes a tenth of this. */
    private static final int MOST_KEY_CHARACTERS = 1_024;
    private static final int MOST_TAG = 999_999_999;

    /**
     * Reads the attribute's value. Empty for what is not supported here: other suites, several keys, a key index (MKI),
     * session parameters that change the protection, a key in the clear, more words than any such line has.
     */
    static Optional<CryptoLine> parse(String value) {
        List<String> words = SdpText.words(value, MOST_WORDS);
        if (words.size() < 3 || words.size() > MOST_WORDS) {
            return Optional.empty();
        }
        OptionalInt tag = SdpText.number(words.get(0), MOST_TAG);
        Optional<CryptoSuite> suite =
                Arrays.stream(CryptoSuite.values()).filter(known -> known.name().equals(words.get(1))).findFirst();
        Optional<String> key = key(words.get(2));
        boolean harmless = words.stream().skip(3).allMatch(CryptoLine::harmless);
        return tag.isPresent() && suite.isPresent() && key.isPresent() && harmless
                ? Optional.of(new CryptoLine(tag.getAsInt(), suite.get(), key.get()))
                : Optional.empty();
    }

    /** {@code sealed:<key>[|<lifetime>]}; a second key would follow a semicolon, and a key index has a colon. */
    private static Optional<String> key(String word) {
        if (!word.startsWith(SEALED) || word.length() > MOST_KEY_CHARACTERS || word.indexOf(';') >= 0) {
            return Optional.empty();
        }
        int bar = word.indexOf('|');
        String key = word.substring(SEALED.length(), bar < 0 ? word.length() : bar);
        boolean indexed = bar >= 0 && word.indexOf(':', bar) >= 0;
        return key.isEmpty() || indexed ? Optional.empty() : Optional.of(key);
    }

    /** A window size hint requires nothing; parameters that begin with a dash may be ignored (RFC 4568 section 6.3.7). */
    private static boolean harmless(String parameter) {
        return parameter.startsWith("WSH=") || parameter.startsWith("-");
    }

    /** Returns the value for an answer. */
    String answer(String sealedOwnKey) {
        return tag + " " + suite + " " + SEALED + sealedOwnKey;
    }
}
