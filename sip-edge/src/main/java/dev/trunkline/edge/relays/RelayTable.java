package dev.trunkline.edge.relays;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The relays and when each was last heard. A relay's silence is the time from its last heartbeat to the moment until which
 * this edge has read everything, and not to now: while Kafka is unavailable, or its records are not read yet, no relay counts
 * as silent, and when Kafka is back, relays get time to be heard again ({@link HearingTime}).
 *
 * <pre>
 *   heartbeat   |-------- silence --------| read until      (deaf since) | now
 * </pre>
 *
 * Where another relay takes calls, one is lost when it was silent for as long as is set. Where none does, nothing is gained by
 * haste, and it has half as much time again.
 *
 * One thread writes; any thread may read.
 */
public final class RelayTable {
    /** How far the clock of a relay's machine may be behind this one's. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(10);

    /**
     * @param heard when its last heartbeat was handled, as {@code nanos} counts
     * @param hearing the same in {@link HearingTime}
     * @param said when the relay wrote it, by its own clock
     * @param startedAt when its process began, by its own clock; empty if it does not report that
     * @param formerSaid when the previous process of the same id wrote its last heartbeat
     * @param begun when this process was first heard, as {@code nanos} counts
     * @param leaves whether it gives its calls to others
     */
    private record Known(
            RelayState state, boolean leaves, long heard, long hearing, Instant said, Optional<Instant> startedAt, Optional<Instant> formerSaid,
            long begun) {

        Known after(Known before) {
            // A relay that reports its end twice ended the first time.
            if (before.state == RelayState.GONE && state == RelayState.GONE) {
                return before;
            }
            boolean same = startedAt.isEmpty() || startedAt.equals(before.startedAt);
            return same
                    ? new Known(state, leaves, heard, hearing, said, startedAt, before.formerSaid, before.begun)
                    : new Known(state, leaves, heard, hearing, said, startedAt, Optional.of(before.said), heard);
        }

        /**
         * @param ready when the relay reported that it has a call, by its own clock
         * @param since when the call got it, as {@code nanos} counts
         */
        boolean beganAfter(Optional<Instant> ready, long since) {
            return ready.isPresent() && startedAt.filter(start -> ready.get().isBefore(start) || clockWentBack(start) && since - begun < 0).isPresent();
        }

        /** @param now in {@link HearingTime} @param within at most so much of it after its last heartbeat */
        boolean isHeard(long now, long within) {
            return state != RelayState.GONE && now - hearing <= within;
        }

        /** The former process wrote later than this one began: between them the relay's clock was set back, and proves nothing. */
        private boolean clockWentBack(Instant start) {
            return formerSaid.filter(start::isBefore).isPresent();
        }
    }

    private final long silence;
    private final long patience;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final LongSupplier readUntil;
    private final HearingTime hearing;
    private final Map<String, Known> relays = new ConcurrentHashMap<>();

    /**
     * @param silence after which a relay counts as lost if another takes calls; half as much again if none does
     * @param nanos as {@link System#nanoTime}
     * @param readUntil everything that was written by then has been handled; counts as {@code nanos} does
     */
    public RelayTable(Duration silence, InstantSource clock, LongSupplier nanos, LongSupplier readUntil) {
        this.silence = silence.toNanos();
        this.patience = this.silence * 3 / 2;
        this.clock = clock;
        this.nanos = nanos;
        this.readUntil = readUntil;
        this.hearing = new HearingTime(nanos.getAsLong(), readUntil);
    }

    /** To be called several times a second, also while there are no calls: only time that is looked at counts as silence. */
    public void keepTime() {
        hearing.nanos();
    }

    /** Handles a heartbeat that has just been published. @param written when the relay wrote it, by the relay's clock */
    void hear(RelayHeartbeat beat, Instant written) {
        know(beat, 0, written);
    }

    /** Handles a heartbeat that was there when this process began to read. @param written when the relay wrote it, by the relay's clock */
    void hearOld(RelayHeartbeat beat, Instant written) {
        Duration age = Duration.between(written, clock.instant()).minus(MOST_SKEW);
        know(beat, age.isNegative() ? 0 : age.toNanos(), written);
    }

    private void know(RelayHeartbeat beat, long age, Instant written) {
        long now = nanos.getAsLong();
        var known = new Known(
                beat.state(), beat.state() == RelayState.DRAINING && beat.handsOverSince().isPresent(), now - age,
                hearing.nanosAt(now) - age, written, beat.startedAt(), Optional.empty(), now - age);
        relays.merge(beat.relay(), known, (before, latest) -> latest.after(before));
    }

    /** Handles the deletion of its record: as if it had never been heard. */
    void forget(String relay) {
        relays.remove(relay);
    }

    /**
     * Returns the state of a call's relay.
     *
     * @param since when the call got it, or was resumed, as {@code nanos} counts: earlier heartbeats prove nothing about a
     *     relay that restarted under its old name, and a relay has its full time from then on
     * @param readyAt when the relay reported that it has the call, by the relay's own clock, which makes it comparable with
     *     the start of the relay's process; empty if that is not known
     */
    public RelayFate of(String relay, long since, Optional<Instant> readyAt) {
        Known known = relays.get(relay);
        if (known == null) {
            return RelayFate.UNKNOWN;
        }
        if (known.beganAfter(readyAt, since)) {
            return RelayFate.RESTARTED;
        }
        long read = readUntil.getAsLong();
        if (known.state == RelayState.GONE && read - known.heard >= 0 && read - since >= 0) {
            return RelayFate.GONE;
        }
        long silent = Math.min(hearing.nanos() - known.hearing, read - since);
        if (silent > patience || silent > silence && isTaken()) {
            return RelayFate.SILENT;
        }
        return known.leaves && isTaken() ? RelayFate.LEAVES : RelayFate.LIVES;
    }

    /**
     * Returns when the process that had the call wrote its last heartbeat, or that it ends, by its own clock; empty if none
     * was heard.
     *
     * @param since as for {@link #of}
     * @param readyAt as for {@link #of}
     */
    public Optional<Instant> lastSaid(String relay, long since, Optional<Instant> readyAt) {
        return Optional.ofNullable(relays.get(relay))
                .flatMap(known -> known.beganAfter(readyAt, since) ? known.formerSaid : Optional.of(known.said));
    }

    /** Returns why no relay would take a new call now; empty if one would, or if none ever published a heartbeat here. */
    public Optional<RefusalReason> refusal() {
        boolean lives = false;
        long now = hearing.nanos();
        for (Known known : relays.values()) {
            if (known.isHeard(now, patience)) {
                lives = true;
                if (known.state == RelayState.TAKING) {
                    return Optional.empty();
                }
            }
        }
        if (relays.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lives ? RefusalReason.SUITE_FULL : RefusalReason.NO_RELAY);
    }

    /** Returns the relays that have fallen silent without reporting their end, while another takes calls. */
    public Set<String> silent() {
        if (!isTaken()) {
            return Set.of();
        }
        long now = hearing.nanos();
        return relays.entrySet().stream()
                .filter(relay -> relay.getValue().state != RelayState.GONE && !relay.getValue().isHeard(now, silence))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether a relay that is not silent takes calls. */
    private boolean isTaken() {
        long now = hearing.nanos();
        return relays.values().stream().anyMatch(known -> known.state == RelayState.TAKING && known.isHeard(now, silence));
    }

    /** How many live. */
    public long living() {
        long now = hearing.nanos();
        return relays.values().stream().filter(known -> known.isHeard(now, patience)).count();
    }
}
