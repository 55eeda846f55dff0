package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.jain.InvitePeek.Via;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * INVITEs that came by UDP and are being answered. A caller repeats after T1 what it heard nothing of, even while its
 * INVITE waits here to be read; parsing the repetitions would make those behind them wait, and be repeated, in turn.
 *
 * <pre>
 *  unknown --- INVITE ---> waiting --- a response ---> answered --- 400 ms ---> settled
 *     |                       |                           |                        |
 *     | too much waits:       | repeated: dropped         | repeated: dropped,     | repeated: handed on, its
 *     | dropped               | 8 s: settled              | they have crossed      | transaction answers again
 * </pre>
 *
 * 400 ms are less than the T1 that a caller waits (RFC 3261 section 17.1.1.1): where a response was lost, the first
 * repetition draws it again. Thread-safe, without a lock that two INVITEs share.
 */
final class InvitesUnderWay {
    private static final long CROSSED = Duration.ofMillis(400).toNanos();
    private static final long FORGOTTEN = Duration.ofSeconds(8).toNanos();
    private static final long SWEEP = Duration.ofSeconds(1).toNanos();

    private final Map<Key, Progress> known = new ConcurrentHashMap<>();
    private final BooleanSupplier tooMuchWaits;
    private final LongSupplier nanos;
    /** When the settled were forgotten last; two threads that both find it long ago do no harm. */
    private volatile long swept;

    /**
     * @param tooMuchWaits whether new INVITEs are to be dropped
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    InvitesUnderWay(BooleanSupplier tooMuchWaits, LongSupplier nanos) {
        this.tooMuchWaits = tooMuchWaits;
        this.nanos = nanos;
        this.swept = nanos.getAsLong();
    }

    private record Key(InetAddress source, Via via) {}

    /** @param since its arrival, or its last response */
    private record Progress(long arrived, boolean responded, long since) {
        boolean settled(long now) {
            return now - since > (responded ? CROSSED : FORGOTTEN);
        }
    }

    /** @return why an INVITE that arrives is to be dropped; empty if it is to be read */
    Optional<DropReason> arrives(InetAddress source, Via via) {
        long now = nanos.getAsLong();
        sweep(now);
        var key = new Key(source, via);
        Progress progress = known.get(key);
        if (progress != null) {
            return progress.settled(now) ? Optional.empty() : Optional.of(DropReason.REPEATED);
        }
        if (tooMuchWaits.getAsBoolean()) {
            return Optional.of(DropReason.OVERLOAD);
        }
        known.put(key, new Progress(now, false, now));
        return Optional.empty();
    }

    /** A response to an INVITE goes out. */
    void responded(InetAddress source, Via via) {
        known.computeIfPresent(
                new Key(source, via), (key, progress) -> new Progress(progress.arrived(), true, nanos.getAsLong()));
    }

    /** How long ago an INVITE arrived; nothing if that is not known any more. */
    Duration age(InetAddress source, Via via) {
        Progress progress = known.get(new Key(source, via));
        return progress == null ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - progress.arrived());
    }

    private void sweep(long now) {
        if (now - swept > SWEEP) {
            swept = now;
            known.values().removeIf(progress -> progress.settled(now));
        }
    }
}
