package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many new calls each trunk may bring to this edge: per second, and concurrently without an answer yet. Thread-safe; a
 * trunk takes no lock that another could hold.
 */
public final class Quotas {
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanos;
    private final Defaults defaults;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /**
     * For trunks that set none; 0 for no limit.
     *
     * @param invitesPerSecond new calls a second
     * @param earlyCalls concurrent calls that are not answered yet
     * @param optionsPerSecond OPTIONS outside of calls a second, of any trunk
     */
    public record Defaults(int invitesPerSecond, int earlyCalls, int optionsPerSecond) {
        public static final Defaults NONE = new Defaults(0, 0, 0);
    }

    /** @param nanos a monotonic clock */
    public Quotas(LongSupplier nanos, Defaults defaults) {
        this.nanos = nanos;
        this.defaults = defaults;
    }

    /** The answer to a new call. */
    public sealed interface Answer {
        /** @param place to be released when the call is answered or over; releasing it again has no effect */
        record Taken(Runnable place) implements Answer {}

        /** @param quota {@code invites-per-second} or {@code early-calls} */
        record Over(String quota) implements Answer {}
    }

    private static final class Use {
        private final AtomicLong invites;
        private final AtomicLong options;
        private final AtomicInteger early = new AtomicInteger();

        Use(long now) {
            invites = new AtomicLong(now);
            options = new AtomicLong(now);
        }
    }

    public Answer take(Trunk trunk) {
        OptionalInt perSecond = orDefault(trunk.invitesPerSecond(), defaults.invitesPerSecond());
        OptionalInt atOnce = orDefault(trunk.earlyCalls(), defaults.earlyCalls());
        if (perSecond.isEmpty() && atOnce.isEmpty()) {
            return new Answer.Taken(() -> {});
        }
        Use use = use(trunk);
        if (atOnce.isPresent() && use.early.incrementAndGet() > atOnce.getAsInt()) {
            use.early.decrementAndGet();
            return new Answer.Over("early-calls");
        }
        var held = new AtomicBoolean(atOnce.isPresent());
        Runnable giveBack = () -> {
            if (held.compareAndSet(true, false)) {
                use.early.decrementAndGet();
            }
        };
        if (perSecond.isPresent() && !pays(use.invites, perSecond.getAsInt())) {
            giveBack.run();
            return new Answer.Over("invites-per-second");
        }
        return new Answer.Taken(giveBack);
    }

    /** Whether an OPTIONS is answered. */
    public boolean takesOptions(Trunk trunk) {
        return defaults.optionsPerSecond() <= 0 || pays(use(trunk).options, defaults.optionsPerSecond());
    }

    private Use use(Trunk trunk) {
        Use known = uses.get(trunk.id());
        return known != null ? known : uses.computeIfAbsent(trunk.id(), id -> new Use(nanos.getAsLong()));
    }

    private static OptionalInt orDefault(OptionalInt own, int usual) {
        return own.isPresent() || usual <= 0 ? own : OptionalInt.of(usual);
    }

    /** One second's worth may come at once. */
    private boolean pays(AtomicLong paidUntil, int perSecond) {
        long interval = SECOND / Math.max(1, perSecond);
        long now = nanos.getAsLong();
        while (true) {
            long before = paidUntil.get();
            long from = before - now > 0 ? before : now;
            if (from - now > SECOND - interval) {
                return false;
            }
            if (paidUntil.compareAndSet(before, from + interval)) {
                return true;
            }
        }
    }

    /** How many calls of a trunk hold a place; 0 for one without a quota. */
    int early(String trunkId) {
        return Optional.ofNullable(uses.get(trunkId)).map(use -> use.early.get()).orElse(0);
    }
}
