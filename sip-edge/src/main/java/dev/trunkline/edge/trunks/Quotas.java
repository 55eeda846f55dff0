package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many new calls each trunk may bring to this edge: a second, and at once that are not answered yet. Thread-safe; a trunk
 * takes no lock that another could hold.
 */
public final class Quotas {
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanos;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /** @param nanos a clock that never goes back */
    public Quotas(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What a new call is given. */
    public sealed interface Answer {
        /** @param place to be given back when the call is answered or over; more than once does no harm */
        record Taken(Runnable place) implements Answer {}

        /** @param quota {@code invites-per-second} or {@code early-calls} */
        record Over(String quota) implements Answer {}
    }

    private static final class Use {
        private final AtomicLong paidUntil;
        private final AtomicInteger early = new AtomicInteger();

        Use(long now) {
            paidUntil = new AtomicLong(now);
        }
    }

    public Answer take(Trunk trunk) {
        if (trunk.invitesPerSecond().isEmpty() && trunk.earlyCalls().isEmpty()) {
            return new Answer.Taken(() -> {});
        }
        Use use = uses.computeIfAbsent(trunk.id(), id -> new Use(nanos.getAsLong()));
        if (trunk.earlyCalls().isPresent() && use.early.incrementAndGet() > trunk.earlyCalls().getAsInt()) {
            use.early.decrementAndGet();
            return new Answer.Over("early-calls");
        }
        var held = new AtomicBoolean(trunk.earlyCalls().isPresent());
        Runnable giveBack = () -> {
            if (held.compareAndSet(true, false)) {
                use.early.decrementAndGet();
            }
        };
        if (trunk.invitesPerSecond().isPresent() && !pays(use, trunk.invitesPerSecond().getAsInt())) {
            giveBack.run();
            return new Answer.Over("invites-per-second");
        }
        return new Answer.Taken(giveBack);
    }

    /** One second's worth may come at once. */
    private boolean pays(Use use, int perSecond) {
        long interval = SECOND / Math.max(1, perSecond);
        long now = nanos.getAsLong();
        while (true) {
            long before = use.paidUntil.get();
            long from = before - now > 0 ? before : now;
            if (from - now > SECOND - interval) {
                return false;
            }
            if (use.paidUntil.compareAndSet(before, from + interval)) {
                return true;
            }
        }
    }

    /** How many calls of a trunk hold a place; 0 for one without a quota. */
    int early(String trunkId) {
        return Optional.ofNullable(uses.get(trunkId)).map(use -> use.early.get()).orElse(0);
    }
}
