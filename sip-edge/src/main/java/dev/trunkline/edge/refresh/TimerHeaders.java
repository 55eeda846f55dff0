package dev.trunkline.edge.refresh;

import dev.trunkline.edge.sip.SipHeaders;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request or response says of session timers; a header that cannot be read counts as absent.
 *
 * @param expires seconds of its Session-Expires
 * @param refresher of that header
 * @param minimum seconds of its Min-SE
 * @param supported whether its sender supports session timers
 */
public record TimerHeaders(OptionalInt expires, Optional<Refresher> refresher, OptionalInt minimum, boolean supported) {
    /** A message that knows nothing of session timers. */
    public static final TimerHeaders NONE =
            new TimerHeaders(OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), false);

    private static final Pattern SECONDS = Pattern.compile("\\s*(\\d{1,9})\\s*(;.*)?", Pattern.DOTALL);
    private static final Pattern REFRESHER = Pattern.compile(";\\s*refresher\\s*=\\s*(\\w+)", Pattern.CASE_INSENSITIVE);

    public static TimerHeaders of(SipHeaders headers) {
        Optional<String> expires = headers.first("Session-Expires");
        return new TimerHeaders(
                seconds(expires),
                expires.map(REFRESHER::matcher).filter(Matcher::find).flatMap(found -> Refresher.of(found.group(1))),
                seconds(headers.first("Min-SE")),
                headers.tokens("Supported").contains("timer") || headers.tokens("Require").contains("timer"));
    }

    private static OptionalInt seconds(Optional<String> header) {
        return header.map(SECONDS::matcher)
                .filter(Matcher::matches)
                .map(found -> OptionalInt.of(Integer.parseInt(found.group(1))))
                .orElse(OptionalInt.empty());
    }
}
