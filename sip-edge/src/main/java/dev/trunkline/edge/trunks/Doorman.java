package dev.trunkline.edge.trunks;

import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.SourceGuard;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides on what comes before it costs anything. Addresses of trunks may send as they please. Strangers get no further than
 * here, unless there is a trunk that is known by credentials alone: then a few of their messages are looked at, until one
 * of them has proven who it is.
 */
public final class Doorman implements SourceGuard {
    private static final int MOST_PROVEN = 10_000;
    private static final Duration PROVEN_FOR = Duration.ofHours(1);
    private static final Set<String> STRANGERS_METHODS = Set.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "REGISTER");

    private final Supplier<TrunkTable> table;
    private final FirstLook look;
    private final StrangerRate rate;
    private final Clock clock;
    private final Consumer<DropReason> dropped;
    /** Addresses from which somebody authenticated, until when; guarded by itself. */
    private final Map<InetAddress, Instant> proven = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Instant> eldest) {
            return size() > MOST_PROVEN;
        }
    };

    /** @param dropped told of each message or connection that is not let in */
    public Doorman(
            Supplier<TrunkTable> table, FirstLook look, StrangerRate rate, Clock clock, Consumer<DropReason> dropped) {
        this.table = table;
        this.look = look;
        this.rate = rate;
        this.clock = clock;
        this.dropped = dropped;
    }

    /** Whether a connection may be made. */
    @Override
    public boolean lets(InetAddress source) {
        return judge(source, Optional::empty);
    }

    @Override
    public boolean lets(InetAddress source, byte[] bytes, int offset, int length) {
        return judge(source, () -> look.at(bytes, offset, length));
    }

    /** Of a request that came by a connection, where nobody looked at it before it was parsed. */
    public boolean lets(SipRequest request) {
        return !request.source().transport().isStream()
                || judge(request.source().address(), () -> look(request));
    }

    private Optional<DropReason> look(SipRequest request) {
        if (!STRANGERS_METHODS.contains(request.method())) {
            return Optional.of(DropReason.STRANGERS_METHOD);
        }
        return request.headers().first("User-Agent").filter(look::isScanner).map(scanner -> DropReason.SCANNER);
    }

    private boolean judge(InetAddress source, Supplier<Optional<DropReason>> first) {
        TrunkTable now = table.get();
        if (now.knows(source)) {
            return true;
        }
        Optional<DropReason> why = now.roaming().isEmpty() ? Optional.of(DropReason.UNKNOWN_SOURCE) : ofStranger(source, first);
        why.ifPresent(dropped);
        return why.isEmpty();
    }

    /** What gives itself away takes nothing from what others may send. */
    private Optional<DropReason> ofStranger(InetAddress source, Supplier<Optional<DropReason>> first) {
        return isProven(source)
                ? Optional.empty()
                : first.get().or(() -> rate.takes(source) ? Optional.empty() : Optional.of(DropReason.STRANGERS_RATE));
    }

    /** Places on TCP and TLS are kept for trunks, and for addresses from which somebody authenticated within the hour. */
    @Override
    public boolean knows(InetAddress source) {
        return table.get().knows(source) || isProven(source);
    }

    /** Whether calls go out to an address, whose OPTIONS are answered: many a carrier gives up who is silent. */
    public boolean isGateway(InetAddress source) {
        return table.get().isGateway(source);
    }

    /** Whether an address belongs to no trunk. */
    public boolean isStranger(InetAddress source) {
        return !table.get().knows(source);
    }

    private boolean isProven(InetAddress source) {
        synchronized (proven) {
            Instant until = proven.get(source);
            return until != null && until.isAfter(clock.instant());
        }
    }

    /** Somebody authenticated from there: for an hour its messages are not counted any more. */
    public void prove(InetAddress source) {
        if (isStranger(source)) {
            synchronized (proven) {
                proven.put(source, clock.instant().plus(PROVEN_FOR));
            }
        }
    }
}
