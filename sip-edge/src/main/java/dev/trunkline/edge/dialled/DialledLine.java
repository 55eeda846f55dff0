package dev.trunkline.edge.dialled;

import dev.trunkline.edge.sip.NameAddr;
import dev.trunkline.edge.sip.SipRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The number that was dialled, as received. For a call that was forwarded on its way here, Diversion and History-Info
 * still name the number that was dialled first, while the Request-URI names the last.
 *
 * @param number may be empty or a word
 */
public record DialledLine(String number, CalledSource source) {

    /**
     * @param sources a trunk's {@code calledFrom}; where none of them names a number, which a malformed header does
     *     not, the Request-URI does
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

    private static Optional<String> number(SipRequest invite, CalledSource source) {
        return switch (source) {
            case REQUEST_URI -> Optional.of(invite.requestUser());
            case TO -> Optional.of(invite.to().user());
            case DIVERSION -> diverted(NameAddr.all(invite.headers().values("Diversion")));
            case HISTORY_INFO -> first(NameAddr.all(invite.headers().values("History-Info")));
        };
    }

    /** Each who diverts puts itself before the others, so the first dialled is the last (RFC 5806). */
    private static Optional<String> diverted(List<NameAddr> diversions) {
        return diversions.isEmpty() ? Optional.empty() : named(diversions.getLast());
    }

    /** The lowest index, which is 1 unless somebody cut the beginning off (RFC 7044). */
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
        return text.matches("[0-9]{1,6}(\\.[0-9]{1,6}){0,30}");
    }

    private static int[] index(NameAddr entry) {
        return Arrays.stream(entry.parameter("index").orElseThrow().split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The dialled number is in the events; this record may also hold one that a caller made up. */
    @Override
    public String toString() {
        return "DialledLine[" + source.code() + "]";
    }
}
