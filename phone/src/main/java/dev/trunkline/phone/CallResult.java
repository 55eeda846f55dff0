package dev.trunkline.phone;

import dev.trunkline.phone.sip.Headers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The outcome of an INVITE. */
public sealed interface CallResult {

    /**
     * The INVITE was answered, and the call is established.
     *
     * @param status     a 2xx
     * @param headers    of the response
     * @param sdp        the far end's session description, empty if it sent none
     * @param setupNanos from the first INVITE to the response
     */
    record Answered(int status, Headers headers, String sdp, long setupNanos) implements CallResult {}

    /**
     * The INVITE was rejected with a final response.
     *
     * @param status     300–699
     * @param reason     the reason phrase
     * @param headers    of the response
     * @param afterNanos from the first INVITE
     */
    record Refused(int status, String reason, Headers headers, long afterNanos) implements CallResult {

        /** Returns the Reason header (RFC 3326), such as {@code SIP;cause=404;text="number-unknown"}. */
        public Optional<String> reasonHeader() {
            return headers.first("Reason");
        }

        /** Returns the seconds of Retry-After (RFC 3261 20.33), if present. */
        public OptionalInt retryAfterSeconds() {
            return headers.first("Retry-After")
                    .map(value -> value.split("[;( ]", 2)[0].strip())
                    .filter(value -> value.matches("\\d{1,9}"))
                    .map(value -> OptionalInt.of(Integer.parseInt(value)))
                    .orElse(OptionalInt.empty());
        }
    }

    /** {@link Call#cancel()} took effect; {@code answeredFirst} if a 200 crossed it and was answered with BYE. */
    record Cancelled(boolean answeredFirst) implements CallResult {}

    /** {@link Call#vanish()} was called before any outcome. */
    record Vanished() implements CallResult {}

    /** No final response within the time waited for. */
    record TimedOut(Duration waited) implements CallResult {}
}
