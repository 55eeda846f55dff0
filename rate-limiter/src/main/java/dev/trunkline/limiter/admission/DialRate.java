package dev.trunkline.limiter.admission;

import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A sliding window in which new calls out are counted.
 *
 * @param name id of the trunk or of the organisation
 * @param limit most new calls out in the window, empty for none
 */
public record DialRate(Of of, String name, OptionalInt limit) {

    /** Whose calls out, in the order in which the limits are asked. */
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

        /** Its name in events. */
        public String code() {
            return code;
        }

        /** Its name in Redis. */
        public String key() {
            return key;
        }

        public Duration length() {
            return length;
        }
    }

    /** Why a call is refused when the window has no room. */
    public RefusalReason full() {
        return RefusalReason.CALLS_OUT_RATE;
    }
}
