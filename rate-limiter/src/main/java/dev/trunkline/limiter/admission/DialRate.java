package dev.trunkline.limiter.admission;

import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A sliding window in which new outbound calls are counted.
 *
 * @param name id of the trunk or of the organisation
 * @param limit maximum number of new outbound calls in the window, empty for none
 */
public record DialRate(Of of, String name, OptionalInt limit) {

    /** Whose outbound calls are counted, in the order in which the limits are checked. */
    public enum Of {
        TRUNK("trunk-rate", "trunk", Duration.ofSeconds(1)),
        ORGANISATION("calls-out-rate", "organisation", Duration.ofHours(1));

        private final String code;
        private final String key;
        private final Duration length;

        Of(String code, String key, Duration length) {
            this.code = code;
            this.key = key;
            this.length = length;
        }

        /** Returns its name in events. */
        public String code() {
            return code;
        }

        /** Returns its name in Redis. */
        public String key() {
            return key;
        }

        public Duration length() {
            return length;
        }
    }

    /** Returns the reason for a rejection when the window is full. */
    public RefusalReason full() {
        return RefusalReason.CALLS_OUT_RATE;
    }
}
