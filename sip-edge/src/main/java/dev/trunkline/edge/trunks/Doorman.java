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
 * Decides on messages before they cost anything. Addresses of trunks may send freely. Strangers get no further than here,
 * unless there is a trunk that is known by credentials alone: then a few of their messages are considered, until one of them
 * has authenticated.
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
    /** Addresses from which somebody authenticated, and until when that counts; guarded by itself. */
    private final Map<InetAddress, Instant> proven = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Instant> eldest) {
            return size() > MOST_PROVEN;
        }
    };

    /** @param dropped told of each message or connection that is rejected */
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

    /** For a request that came by a connection, where nothing was checked before it was parsed. */
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

    /** A message that identifies itself as unwanted does not use up what others may send. */
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

    /** Whether calls are placed to an address; its OPTIONS are answered, because many carriers give up on a silent peer. */
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

    /** Somebody authenticated from there: its messages are not counted for an hour. */
    public void prove(InetAddress source) {
        if (isStranger(source)) {
            synchronized (proven) {
                proven.put(source, clock.instant().plus(PROVEN_FOR));
            }
        }
    }
}
