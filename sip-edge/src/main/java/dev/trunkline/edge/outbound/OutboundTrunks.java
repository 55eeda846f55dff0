package dev.trunkline.edge.outbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.locate.Target;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps the outbound trunks: every edge asks their gateways, and one edge registers each trunk.
 *
 * <pre>
 *   record --> read --> names looked up --> gateways asked, what comes from there let in --> registered, if it is this edge's
 * </pre>
 *
 * A trunk belongs to the edge that owns the partition of the calls' topics into which it would fall if it were a call. So all trunks are
 * shared out as calls are, and go to another edge when theirs dies. Input from outside is passed to the one thread of the delays.
 */
public final class OutboundTrunks {
    /** DNS that answers in turns with some of a carrier's addresses does not revoke those that it named before. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final OutboundReader reader;
    private final OutboundParts parts;
    private final Function<Target, CompletionStage<List<Candidate>>> locator;
    private final Consumer<GatewayAddresses> addresses;
    private final Predicate<String> mine;
    private final Map<String, KeptTrunk> kept = new ConcurrentSkipListMap<>();
    private final Map<Target, Map<InetAddress, Instant>> located = new HashMap<>();
    private final Map<String, List<String>> complaints = new ConcurrentSkipListMap<>();
    private boolean open;
    private boolean closed;

    /**
     * @param locator where requests to a place go (RFC 3263), without blocking
     * @param addresses told of the addresses of all places, from which packets are let in
     * @param mine whether a trunk, by its id, is this edge's to register
     */
    public static OutboundTrunks of(
            ObjectMapper json,
            SealedTrunkAccounts seals,
            OutboundParts parts,
            Function<Target, CompletionStage<List<Candidate>>> locator,
            Consumer<GatewayAddresses> addresses,
            Predicate<String> mine) {
        return new OutboundTrunks(new OutboundReader(json, seals), parts, locator, addresses, mine);
    }

    private OutboundTrunks(
            OutboundReader reader,
            OutboundParts parts,
            Function<Target, CompletionStage<List<Candidate>>> locator,
            Consumer<GatewayAddresses> addresses,
            Predicate<String> mine) {
        this.reader = reader;
        this.parts = parts.telling((id, state) -> {
            state.ifPresentOrElse(said -> complaints.put(id, Complaints.of(said)), () -> complaints.remove(id));
            parts.sink().say(id, state);
        });
        this.locator = locator;
        this.addresses = addresses;
        this.mine = mine;
    }

    /** Takes one record of the topic; a tombstone removes its trunk. */
    public void accept(ConsumerRecord<String, byte[]> message) {
        String id = message.key();
        Optional<KnownOutbound> known = message.value() == null ? Optional.empty() : reader.read(message);
        if (message.value() != null && known.isEmpty()) {
            return;
        }
        parts.delays().execute(() -> put(id, known));
    }

    private void put(String id, Optional<KnownOutbound> known) {
        KeptTrunk before = kept.get(id);
        if (closed || before != null && known.isPresent() && before.known().equals(known.get())) {
            // Routers announce everything again when they start.
            return;
        }
        CompletionStage<Void> gone = CompletableFuture.completedFuture(null);
        if (before != null) {
            kept.remove(id);
            gone = before.end();
        }
        known.ifPresent(trunk -> kept.put(id, new KeptTrunk(trunk, parts)));
        // One account has one binding of ours: the previous one is removed first.
        gone.thenRun(() -> parts.delays().execute(this::locate));
    }

    /**
     * Lets in messages from the gateways of the trunks that are known by now. SIP is to open after that, because calls of an earlier
     * process continue there.
     *
     * @return completes when each gateway was looked up once, successfully or not
     */
    public CompletionStage<Void> settled() {
        var settled = new CompletableFuture<Void>();
        parts.delays().execute(() -> lookUp().whenComplete((done, failure) -> settled.complete(null)));
        return settled;
    }

    /** SIP is open: requests may go out. */
    public void opened() {
        parts.delays().execute(() -> {
            open = true;
            locate();
            again(parts.times().locate(), this::locate);
            again(parts.times().say(), () -> kept.values().forEach(KeptTrunk::say));
        });
    }

    private void again(Duration every, Runnable task) {
        parts.delays().after(every, () -> {
            if (closed) {
                return;
            }
            try {
                task.run();
            } finally {
                again(every, task);
            }
        });
    }

    private void locate() {
        if (open && !closed) {
            lookUp();
        }
    }

    /** @return completes when each place was looked up, successfully or not */
    private CompletableFuture<Void> lookUp() {
        Set<Target> wanted = places();
        located.keySet().retainAll(wanted);
        CompletableFuture<?>[] all = wanted.stream().map(this::lookUp).toArray(CompletableFuture[]::new);
        tell();
        return CompletableFuture.allOf(all);
    }

    private CompletableFuture<Void> lookUp(Target place) {
        var looked = new CompletableFuture<Void>();
        locator.apply(place).whenComplete((found, failure) -> parts.delays().execute(() -> {
            try {
                located(place, failure == null ? found : List.of());
            } finally {
                looked.complete(null);
            }
        }));
        return looked;
    }

    private Set<Target> places() {
        return kept.values().stream()
                .flatMap(trunk -> trunk.known().places().stream())
                .collect(Collectors.toSet());
    }

    private void located(Target place, List<Candidate> found) {
        Instant now = parts.clock().instant();
        Map<InetAddress, Instant> seen = located.computeIfAbsent(place, any -> new HashMap<>());
        found.forEach(candidate -> seen.put(candidate.address(), now));
        if (!found.isEmpty()) {
            // While DNS is unavailable, its last answer applies.
            seen.values().removeIf(last -> last.plus(REMEMBERED).isBefore(now));
        }
        tell();
        for (KeptTrunk trunk : kept.values()) {
            if (open && !closed && !trunk.watches() && located.keySet().containsAll(trunk.known().places())) {
                trunk.watch();
                if (mine.test(trunk.known().id())) {
                    trunk.register();
                }
            }
        }
    }

    private void tell() {
        addresses.accept(GatewayAddresses.of(kept.values().stream().map(KeptTrunk::known).toList(), place ->
                located.getOrDefault(place, Map.of()).keySet()));
    }

    /** The set of trunks that are this edge's may have changed. */
    public void shared() {
        parts.delays().execute(() -> kept.values().forEach(trunk -> {
            if (!mine.test(trunk.known().id())) {
                trunk.unregister();
            }
        }));
        parts.delays().after(parts.times().takeOver(), () -> kept.values().forEach(trunk -> {
            if (!closed && trunk.watches() && mine.test(trunk.known().id())) {
                trunk.register();
            }
        }));
    }

    /** Returns the current state of a trunk; empty for one that is not known, or no longer. Asked by any thread. */
    Optional<UsableTrunk> usable(String id) {
        return Optional.ofNullable(kept.get(id)).map(KeptTrunk::usable);
    }

    /** What is wrong with gateways and registrations, for people: the edge is ready all the same. */
    public List<String> complaints() {
        return complaints.values().stream().flatMap(List::stream).toList();
    }

    /** Removes the bindings, and stops asking. @return completes when the requests are answered, or were waited for long enough */
    public CompletionStage<Void> close() {
        var ended = new CompletableFuture<Void>();
        parts.delays().execute(() -> {
            closed = true;
            Collection<KeptTrunk> all = List.copyOf(kept.values());
            kept.clear();
            CompletableFuture.allOf(all.stream()
                            .map(trunk -> trunk.end().toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> ended.complete(null));
        });
        return ended;
    }
}
