package dev.trunkline.rtc.sctp;

import java.time.Duration;

/** How hard a channel tries to deliver a message (RFC 8832 section 5.1). */
public sealed interface Reliability {

    /** Until it arrives. */
    record Full() implements Reliability {}

    /**
     * Sent once and sent again at most so often; 0 is one try.
     *
     * @param most 0 to 65535
     */
    record Retransmits(int most) implements Reliability {
        public Retransmits {
            if (most < 0 || most > 65_535) {
                throw new IllegalArgumentException("Retransmissions " + most + " are not between 0 and 65535");
            }
        }
    }

    /**
     * Given up so long after it was handed over.
     *
     * @param most 0 to 65535 ms
     */
    record Lifetime(Duration most) implements Reliability {
        public Lifetime {
            if (most.isNegative() || most.toMillis() > 65_535) {
                throw new IllegalArgumentException("Lifetime " + most + " is not between 0 and 65535 ms");
            }
        }
    }
}
