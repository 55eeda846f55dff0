package dev.trunkline.events.codec;

import dev.trunkline.events.CallId;

/**
 * Which calls are traced: a share of them, and for each call the same answer in every service that has the same share. It does
 * not use OpenTelemetry's {@code traceidratio}, which looks only at the last 64 bits of the trace id, and UUIDv7 fixes the first
 * two of these.
 *
 * @param share 0 to 1
 */
public record Sampling(double share) {
    public static final Sampling ALL = new Sampling(1);

    public Sampling {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of calls that are traced is " + share + ": write 0 to 1");
        }
    }

    public boolean takes(CallId call) {
        // MurmurHash3's finalizer: each bit of the id affects each bit of the result.
        long hash = call.value().getMostSignificantBits() ^ call.value().getLeastSignificantBits();
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return (hash >>> 11) * 0x1.0p-53 < share;
    }
}
