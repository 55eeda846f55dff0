package dev.trunkline.router.legs;

import dev.trunkline.bus.CallPartition;
import dev.trunkline.events.CallId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** Ids of outbound calls. If a request may arrive twice, the id is derived from it, so that nobody is called twice. Pure. */
final class LegIds {
    /** Tries for each one that is needed on average: digests are spread evenly, and one leg in 10^27 finds none. */
    private static final int TRIES = 64;
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long REST = 0x3FFF_FFFF_FFFF_FFFFL;

    private LegIds() {}

    /** Returns a new id, a UUIDv7 (RFC 9562 section 5.7). */
    static CallId fresh(Instant now, UUID random) {
        return new CallId(timed(now.toEpochMilli(), random.getMostSignificantBits() & 0xFFFL, random.getLeastSignificantBits()));
    }

    /** Returns the id for an organisation's Idempotency-Key, the same for each repetition: a UUIDv8 (RFC 9562 section 5.8). */
    static CallId ofKey(String organisationId, String key) {
        ByteBuffer digest = digest("call " + organisationId + " " + key);
        long high = digest.getLong();
        return new CallId(new UUID(high & ~0xF000L | VERSION_8, VARIANT | digest.getLong() & REST));
    }

    /**
     * Returns the id of a transfer's leg. It falls into its parent's partition, which its edge and its relays read, and
     * contains the parent's time.
     *
     * @param partitions how many partitions the topic of events has, 1 or more
     * @throws IllegalStateException if no id fell into that partition, which does not happen in practice
     */
    static CallId ofTransfer(CallId parent, String transfer, int partitions) {
        int wanted = CallPartition.of(parent.toString(), partitions);
        long millis = parent.value().getMostSignificantBits() >>> 16;
        for (int attempt = 0; attempt < TRIES * partitions; attempt++) {
            ByteBuffer digest = digest("leg " + parent + " " + attempt + " " + transfer);
            var id = new CallId(timed(millis, digest.getLong() & 0xFFFL, digest.getLong()));
            if (CallPartition.of(id.toString(), partitions) == wanted) {
                return id;
            }
        }
        throw new IllegalStateException("no id of a leg fell into partition " + wanted + " of " + partitions);
    }

    private static UUID timed(long millis, long twelveBits, long rest) {
        return new UUID(millis << 16 | VERSION_7 | twelveBits, VARIANT | rest & REST);
    }

    /** Returns an id of an event or a transfer that is derived from a text. */
    static UUID derived(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer digest(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
