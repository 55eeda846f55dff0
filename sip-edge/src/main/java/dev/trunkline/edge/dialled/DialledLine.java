package dev.trunkline.edge.dialled;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The number that was dialled, as received. For a call that was forwarded on its way here, Diversion and History-Info
 * still contain the number that was dialled first, while the Request-URI contains the last.
 *
 * @param number may be empty or a word
 */
public record DialledLine(String number, CalledSource source) {
    /** Of diversions and of a history; a call with more entries is lost. */
    private static final int MOST_ENTRIES = 32;

    private static final int LONGEST_FIELD = 8_192;
    /** Characters of it that are kept: it stands in events, and a number plan reads it. */
    private static final int LONGEST_NUMBER = 256;
    /** Of an index such as 1.2.1 (RFC 7044). */
    private static final int MOST_NUMBERS = 31;

    private static final int MOST_INDEX_DIGITS = 6;

    /**
     * @param sources a trunk's {@code calledFrom}; if none of them contains a number (a malformed header contains
     *     none), the Request-URI is used
     */
    public static DialledLine of(SipRequest invite, List<String> sources) {
        for (CalledSource source : CalledSource.inOrder(sources)) {
            Optional<String> number = number(invite, source).filter(user -> !user.isBlank());
            if (number.isPresent()) {
                return new DialledLine(number.get(), source);
            }
        }
        return new DialledLine("", CalledSource.REQUEST_URI);
    }

    private static List<NameAddr> all(SipRequest invite, String header) {
        List<String> fields = invite.headers().values(header).stream()
                .filter(field -> field.length() <= LONGEST_FIELD)
                .limit(MOST_ENTRIES)
                .toList();
        return NameAddr.all(fields).stream().limit(MOST_ENTRIES).toList();
    }

    private static Optional<String> number(SipRequest invite, CalledSource source) {
        return written(invite, source).map(user -> Texts.cleaned(user, LONGEST_NUMBER));
    }

    private static Optional<String> written(SipRequest invite, CalledSource source) {
        return switch (source) {
            case REQUEST_URI -> Optional.of(invite.requestUser());
            case TO -> Optional.of(invite.to().user());
            case P_CALLED_PARTY_ID -> all(invite, "P-Called-Party-ID").stream().findFirst().map(NameAddr::user);
            case DIVERSION -> diverted(all(invite, "Diversion"));
            case HISTORY_INFO -> first(all(invite, "History-Info"));
        };
    }

    /** Each element that diverts puts itself first, so the number that was dialled first is the last (RFC 5806). */
    private static Optional<String> diverted(List<NameAddr> diversions) {
        return diversions.isEmpty() ? Optional.empty() : named(diversions.getLast());
    }

    /** The lowest index, which is 1 unless an element cut off the beginning (RFC 7044). */
    private static Optional<String> first(List<NameAddr> entries) {
        return entries.stream()
                .filter(entry -> entry.parameter("index").filter(DialledLine::isIndex).isPresent())
                .min((one, other) -> Arrays.compare(index(one), index(other)))
                .flatMap(DialledLine::named);
    }

    /** Empty for an entry that was made anonymous. */
    private static Optional<String> named(NameAddr entry) {
        return Optional.of(entry.user()).filter(user -> !user.equalsIgnoreCase("anonymous"));
    }

    private static boolean isIndex(String text) {
        List<String> numbers = Texts.pieces(text, ".", MOST_NUMBERS + 1);
        // Dots stand between numbers and nowhere else.
        boolean whole = String.join(".", numbers).length() == text.length();
        return whole
                && numbers.size() <= MOST_NUMBERS
                && !numbers.isEmpty()
                && numbers.stream().allMatch(number -> Texts.number(number, MOST_INDEX_DIGITS).isPresent());
    }

    private static int[] index(NameAddr entry) {
        return Texts.pieces(entry.parameter("index").orElseThrow(), ".", MOST_NUMBERS).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The dialled number is in the events; this record may also contain one that a caller made up. */
    @Override
    public String toString() {
        return "DialledLine[" + source.code() + "]";
    }
}
