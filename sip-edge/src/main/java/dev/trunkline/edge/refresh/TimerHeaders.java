package dev.trunkline.edge.refresh;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.SipHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request or response says about session timers; a header that cannot be read counts as absent.
 *
 * @param expires seconds of its Session-Expires
 * @param refresher of that header
 * @param minimum seconds of its Min-SE
 * @param supported whether its sender supports session timers
 */
public record TimerHeaders(OptionalInt expires, Optional<Refresher> refresher, OptionalInt minimum, boolean supported) {
    /** A message without session timer headers. */
    public static final TimerHeaders NONE =
            new TimerHeaders(OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), false);

    private static final int LONGEST = 256;
    private static final int MOST_PARAMETERS = 16;

    public static TimerHeaders of(SipHeaders headers) {
        List<String> expires = parts(headers.first("Session-Expires"));
        return new TimerHeaders(
                seconds(expires),
                refresher(expires),
                seconds(parts(headers.first("Min-SE"))),
                headers.tokens("Supported").contains("timer") || headers.tokens("Require").contains("timer"));
    }

    /** The value and its parameters; none if there is no header, or none that could be one. */
    private static List<String> parts(Optional<String> header) {
        return header.filter(value -> value.length() <= LONGEST)
                .map(value -> Texts.unquotedPieces(value, ';', MOST_PARAMETERS))
                .orElse(List.of());
    }

    private static OptionalInt seconds(List<String> parts) {
        return parts.isEmpty() ? OptionalInt.empty() : Texts.number(parts.getFirst().strip(), 9);
    }

    private static Optional<Refresher> refresher(List<String> parts) {
        return parts.stream()
                .skip(1)
                .filter(parameter -> parameter.indexOf('=') > 0)
                .filter(parameter ->
                        parameter.substring(0, parameter.indexOf('=')).strip().equalsIgnoreCase("refresher"))
                .map(parameter -> Refresher.of(parameter.substring(parameter.indexOf('=') + 1)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
