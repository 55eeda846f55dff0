package dev.trunkline.rtc.sctp;

import java.time.Duration;

/** The effort that a channel makes to deliver a message (RFC 8832 section 5.1). */
public sealed interface Reliability {

    /** Retransmits until it arrives. */
    record Full() implements Reliability {}

    /**
     * Sent once and retransmitted at most this many times; 0 means a single attempt.
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
     * Abandoned this long after it was queued.
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
