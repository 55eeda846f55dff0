package dev.trunkline.edge.outbound;

import dev.trunkline.edge.metrics.OutboundMetrics;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RegistrationState;
import dev.trunkline.sip.GatewayPings;
import dev.trunkline.sip.RegisteringClient;
import dev.trunkline.sip.RegisteringClient.Binding;
import dev.trunkline.sip.RegisteringClient.Standing;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.gateway.GatewayOrder;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.register.RegisterTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * One outbound trunk, for as long as it is unchanged: its gateways are asked, and its account is registered if that is
 * this edge's task.
 */
final class KeptTrunk {
    private static final Logger LOG = Logger.getLogger(KeptTrunk.class);
    private static final int NO_ANSWER = 408;
    private static final int UNSENT = 503;

    private final KnownOutbound known;
    private final OutboundParts parts;
    private final Map<Gateway, GatewayState> gateways = new LinkedHashMap<>();
    private final Map<Gateway, GatewayPings> pings = new LinkedHashMap<>();
    private final OutboundMetrics.OfTrunk metrics;
    /** Gateways that are down by their pings; read by any thread. */
    private final Set<Gateway> down = ConcurrentHashMap.newKeySet();
    /** The digest session by which calls answer challenges; created when the first is placed, by any thread. */
    private final AtomicReference<Optional<DigestSession>> session = new AtomicReference<>(Optional.empty());
    private Optional<RegisteringClient> registering = Optional.empty();
    private Optional<RegistrationState> registration = Optional.empty();
    private boolean ended;

    KeptTrunk(KnownOutbound known, OutboundParts parts) {
        this.known = known;
        this.parts = parts;
        Instant now = parts.clock().instant();
        for (Gateway gateway : known.gateways()) {
            gateways.put(gateway, new GatewayState(gateway.name(), true, OptionalInt.empty(), OptionalInt.empty(), now));
        }
        metrics = parts.metrics().of(known.trunk().name());
    }

    KnownOutbound known() {
        return known;
    }

    /** Whether its gateways are being asked already. */
    boolean watches() {
        return !pings.isEmpty();
    }

    /** Begins to ask its gateways. */
    void watch() {
        for (Gateway gateway : gateways.keySet()) {
            var ping = new GatewayPings(parts.client(), gateway, known.from(gateway), known.routes(), parts.times().watch(),
                    parts.delays(), parts.nanoTime(), parts.random(), this::pinged);
            pings.put(gateway, ping);
            ping.start();
        }
        say();
    }

    private void pinged(Gateway gateway, int status, Duration took, boolean up, boolean changed) {
        GatewayState before = gateways.get(gateway);
        OptionalInt millis = status == NO_ANSWER || status == UNSENT ? OptionalInt.empty() : OptionalInt.of((int) took.toMillis());
        var now = new GatewayState(gateway.name(), up, OptionalInt.of(status), millis,
                changed ? parts.clock().instant() : before.since());
        gateways.put(gateway, now);
        if (up) {
            down.remove(gateway);
        } else {
            down.add(gateway);
        }
        metrics.pinged(gateway.name(), status, took, up);
        if (changed) {
            LOG.infof("outbound trunk=%s gateway %s is %s: OPTIONS was answered with %d", known.trunk().name(), gateway.name(),
                    up ? "up" : "down", status);
            if (up) {
                // A registrar that was down may have lost our binding.
                registering.ifPresent(RegisteringClient::refresh);
            }
        }
        if (changed || before.status().isEmpty()) {
            say();
        }
    }

    /** Returns the trunk for a call that is placed now; asked by any thread. */
    UsableTrunk usable() {
        List<Gateway> all = known.gateways();
        List<Gateway> out = all.stream().filter(down::contains).toList();
        var inOrder = new ArrayList<Gateway>();
        if (out.size() < all.size()) {
            inOrder.addAll(GatewayOrder.of(all, gateway -> !out.contains(gateway), parts.random()));
        }
        if (!out.isEmpty()) {
            inOrder.addAll(GatewayOrder.of(out, gateway -> true, parts.random()));
        }
        if (session.get().isEmpty()) {
            session.compareAndSet(Optional.empty(),
                    known.answering().map(account -> new DigestSession(new DigestClient(account, this::cnonce))));
        }
        return new UsableTrunk(known, inOrder, session.get());
    }

    boolean registers() {
        return registering.isPresent();
    }

    /** Begins to register, if the trunk wants it. */
    void register() {
        if (ended || registers() || known.trunk().registration().isEmpty()) {
            return;
        }
        Optional<Account> account = known.answering();
        registration = Optional.of(new RegistrationState(
                false, Optional.empty(), OptionalInt.empty(), Optional.empty(), parts.clock().instant()));
        if (account.isEmpty()) {
            registration = Optional.of(new RegistrationState(false, Optional.empty(), OptionalInt.empty(),
                    Optional.of("the trunk has no account, or one that this edge cannot read"), parts.clock().instant()));
            say();
            return;
        }
        var session = new DigestSession(new DigestClient(account.get(), this::cnonce));
        var times = RegisterTimes.of(Duration.ofSeconds(known.trunk().registration().get().expiresSeconds()));
        var client = new RegisteringClient(
                parts.client(), session, this::binding, times, parts.delays(), parts.clock(), parts.random(), this::registered);
        registering = Optional.of(client);
        client.start();
        say();
    }

    private String cnonce() {
        return "%016x%016x".formatted(parts.random().nextLong(), parts.random().nextLong());
    }

    /** Registers at the first gateway that is up. */
    private Binding binding() {
        Gateway gateway = GatewayOrder.of(List.copyOf(gateways.keySet()), each -> gateways.get(each).up(), parts.random()).getFirst();
        return new Binding(gateway.uri(), known.routes(), known.from(gateway), known.contactUser(),
                gateway.transport().orElse(SipTransportKind.UDP));
    }

    private void registered(Standing standing) {
        if (registering.isEmpty()) {
            return;
        }
        RegistrationState before = registration.orElseThrow();
        Optional<String> why = Optional.of(standing.why()).filter(words -> !words.isEmpty());
        boolean turned = before.registered() != standing.registered();
        registration = Optional.of(new RegistrationState(standing.registered(), standing.until(), OptionalInt.of(standing.status()), why,
                turned ? parts.clock().instant() : before.since()));
        metrics.registered(standing.status(), standing.until());
        boolean news = turned || !why.equals(before.why()) || before.status().isEmpty();
        if (news) {
            LOG.infof("outbound trunk=%s is %s: REGISTER was answered with %d%s", known.trunk().name(),
                    standing.registered() ? "registered" : "NOT registered", standing.status(), why.map(words -> ": " + words).orElse(""));
        }
        say();
    }

    /** Removes its binding. @return completes when the request is answered, or was waited for long enough */
    CompletionStage<Void> unregister() {
        Optional<RegisteringClient> client = registering;
        registering = Optional.empty();
        if (registration.isPresent()) {
            registration = Optional.empty();
            metrics.unregistered();
            if (!ended) {
                say();
            }
        }
        return client.map(RegisteringClient::end).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Stops asking. @return as {@link #unregister} */
    CompletionStage<Void> end() {
        ended = true;
        pings.values().forEach(GatewayPings::close);
        metrics.close();
        parts.sink().say(known.id(), Optional.empty());
        return unregister();
    }

    void say() {
        parts.sink().say(known.id(), Optional.of(state()));
    }

    OutboundTrunkState state() {
        return new OutboundTrunkState(parts.edge(), known.trunk().ref(), List.copyOf(gateways.values()), registration,
                parts.clock().instant());
    }
}
