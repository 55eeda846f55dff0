package dev.trunkline.sip.locate;

import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Finds where requests go (RFC 3263), on its own threads, so that an unresponsive name server holds up nothing else. They are
 * platform threads: the system's resolver blocks in native code, where a virtual thread would pin the carrier that other
 * virtual threads need. Thread-safe.
 */
public final class Locator implements AutoCloseable {
    /** Requests that may wait for a thread, per thread. */
    private static final int WAITING = 16;
    private static final int IDLE_SECONDS = 10;

    private final Set<SipTransportKind> spoken;
    private final LocateSettings settings;
    private final Dns dns;
    private final RandomGenerator random;
    private final ThreadPoolExecutor threads;
    /** Lookups in progress: later requests for the same target wait for the same result. */
    private final ConcurrentMap<Target, CompletableFuture<List<Candidate>>> asked = new ConcurrentHashMap<>();
    private final DomainShares shares;

    /**
     * @param spoken the transports that have a listener; others are not chosen
     * @param random thread-safe; distributes load among servers (RFC 2782)
     */
    public Locator(Set<SipTransportKind> spoken, LocateSettings settings, RandomGenerator random) {
        this(spoken, settings, random, new KeptDns(new JndiDns(settings, InetAddress::getAllByName), settings, System::nanoTime));
    }

    Locator(Set<SipTransportKind> spoken, LocateSettings settings, RandomGenerator random, Dns dns) {
        this.spoken = Set.copyOf(spoken);
        this.settings = settings;
        this.dns = dns;
        this.random = random;
        this.shares = new DomainShares(Math.max(1, settings.threads() / 4));
        this.threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING * settings.threads()),
                Thread.ofPlatform().daemon().name("sip-locate-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * @return the places to try, in order, at least one; fails with an {@link UnlocatableException} if there is none, or if the
     *     lookup took too long. Already complete if the host is an address. Otherwise it completes on a thread of this locator,
     *     or of the JDK's timer: continue on a thread of your own.
     */
    public CompletionStage<List<Candidate>> locate(Target target) {
        Optional<List<Candidate>> direct = ServerSelection.ofAddress(target, spoken);
        if (direct.isPresent()) {
            return checked(direct.get());
        }
        var mine = new CompletableFuture<List<Candidate>>();
        CompletableFuture<List<Candidate>> others = asked.putIfAbsent(target, mine);
        if (others == null) {
            ask(target, mine);
        }
        return (others == null ? mine : others).thenCompose(Locator::checked);
    }

    private void ask(Target target, CompletableFuture<List<Candidate>> answer) {
        answer.whenComplete((found, fault) -> asked.remove(target, answer))
                .exceptionally(fault -> List.of());
        answer.completeOnTimeout(List.of(), settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        Optional<DomainShares.Share> share = shares.take(target.host());
        if (share.isEmpty()) {
            answer.completeExceptionally(new UnlocatableException(
                    "the name servers of the URI's domain are slow, and too many requests already wait for them"));
            return;
        }
        try {
            threads.execute(() -> {
                try (var held = share.get()) {
                    answer.complete(ServerSelection.of(target, spoken, dns, random, () -> !answer.isDone()));
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            share.get().close();
            answer.completeExceptionally(
                    new UnlocatableException("too many requests wait for name servers, or the locator is closed"));
        }
    }

    private static CompletionStage<List<Candidate>> checked(List<Candidate> found) {
        return found.isEmpty()
                ? CompletableFuture.failedFuture(new UnlocatableException(
                        "the URI's host has no address that can be reached by a transport with a listener, or no name server"
                                + " answered in time"))
                : CompletableFuture.completedStage(found);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
