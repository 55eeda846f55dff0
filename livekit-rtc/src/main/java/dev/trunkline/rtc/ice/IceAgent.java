package dev.trunkline.rtc.ice;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One generation of ICE for the controlling agent (RFC 8445), with consent freshness (RFC 7675). An ICE restart creates a new
 * instance. Confined to one thread; call {@link #onTimer()} when {@link #nextTimeout()} has come.
 *
 * <pre>
 *   no credentials --remote()--> checking --first answer--> selected --no answer for the consent time--> lost
 *                                   |                          |  ^
 *                                   |                          '--' consent checks; a better address may be selected
 *                                   '--every pair failed--> (stays: a trickled candidate may still come)
 * </pre>
 *
 * <p>Nomination: checks to the best candidate nominate it at once, which saves a round trip if there is one candidate
 * or the best one works. If another answers first, it is nominated unless the best answers within a grace period.
 */
public final class IceAgent {

    /** Interval between first checks to different candidates: Ta, RFC 8445 section 14.2 (5 ms at least). */
    private static final long PACE = Duration.ofMillis(5).toNanos();

    /** Time that a better candidate still has after a worse one has answered. */
    private static final long GRACE = Duration.ofMillis(40).toNanos();

    private static final long CONSENT_INTERVAL = Duration.ofSeconds(4).toNanos();
    private static final long CONSENT_RETRY = Duration.ofSeconds(1).toNanos();

    /** A peer-reflexive priority (type preference 110), as checks carry it: RFC 8445 section 7.1.1. */
    private static final int CHECK_PRIORITY = (110 << 24) | (65_535 << 8) | 255;

    /** Limits what a peer can make us store and check. */
    private static final int MOST_PAIRS = 64;

    private record Check(CandidatePair pair, boolean nominating, long sentAt) {
    }

    private final IceCredentials local;
    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private final long consentTimeout;
    private final Predicate<InetSocketAddress> reachable;
    private final IceOutput output;
    private final long tieBreaker;

    private final List<CandidatePair> pairs = new ArrayList<>();
    private final Map<String, Check> checks = new HashMap<>();
    private Optional<IceCredentials> remote = Optional.empty();
    private Optional<CandidatePair> selected = Optional.empty();
    private long graceUntil;
    private long lastConsent;
    private long nextConsentCheck;
    private boolean lost;
    private int sent;
    private int heard;
    private OptionalLong roundTripNanos = OptionalLong.empty();

    /**
     * @param local          our credentials, as in our offer
     * @param nanoClock      monotonic nanoseconds
     * @param random         secure, for transaction ids
     * @param consentTimeout time without an answer after which consent is lost
     * @param reachable      whether our socket can send to an address, judged by its family
     */
    public IceAgent(IceCredentials local, LongSupplier nanoClock, RandomGenerator random, Duration consentTimeout,
            Predicate<InetSocketAddress> reachable, IceOutput output) {
        this.local = local;
        this.nanoClock = nanoClock;
        this.random = random;
        this.consentTimeout = consentTimeout.toNanos();
        this.reachable = reachable;
        this.output = output;
        this.tieBreaker = random.nextLong();
    }

    /** Sets the server's credentials: from now on its candidates are checked. Only the first credentials of a generation count. */
    public void remote(IceCredentials credentials) {
        if (remote.isEmpty()) {
            remote = Optional.of(credentials);
            onTimer();
        }
    }

    /** Whether the server has begun another generation: these credentials differ from those given to this one. */
    public boolean isPast(IceCredentials credentials) {
        return remote.filter(known -> !known.equals(credentials)).isPresent();
    }

    /** Adds a candidate of the server, from its answer or trickled. */
    public void add(IceCandidate candidate) {
        addPair(candidate.address(), candidate.priority());
        onTimer();
    }

    /** Whether the server's credentials are known. */
    public boolean isChecking() {
        return remote.isPresent();
    }

    public Optional<InetSocketAddress> selected() {
        return selected.map(CandidatePair::remote);
    }

    /** Round-trip time of the last answered check. */
    public Optional<Duration> roundTrip() {
        return roundTripNanos.isPresent() ? Optional.of(Duration.ofNanos(roundTripNanos.getAsLong())) : Optional.empty();
    }

    /** Whether packets other than STUN are accepted from this address: the server may send from any address that it has validated. */
    public boolean knows(InetSocketAddress address) {
        if (selected.isPresent() && selected.get().remote().equals(address)) {
            return true;
        }
        for (CandidatePair pair : pairs) {
            if (pair.state() == CandidatePair.State.SUCCEEDED && pair.remote().equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** Describes the progress, for people. */
    @Override
    public String toString() {
        return (remote.isPresent() ? "" : "no answer, ") + pairs.size() + " candidates, " + sent + " checks sent, " + heard
                + " of the server's received, " + (selected.isPresent() ? "one selected" : "none selected");
    }

    /** Processes a STUN packet. Never throws because of its content; an unauthenticated packet changes nothing. */
    public void onPacket(InetSocketAddress from, byte[] buffer, int length) {
        StunMessage.parse(buffer, length).ifPresent(message -> {
            if (message.isRequest()) {
                onRequest(from, message);
            } else if (message.isSuccess()) {
                onSuccess(from, message);
            }
        });
    }

    public OptionalLong nextTimeout() {
        if (remote.isEmpty() || lost) {
            return OptionalLong.empty();
        }
        OptionalLong next = OptionalLong.empty();
        for (CandidatePair pair : pairs) {
            if (worthChecking(pair)) {
                next = earlier(next, pair.nextCheck());
            }
        }
        if (selected.isPresent()) {
            next = earlier(next, nextConsentCheck);
        } else if (graceUntil != 0) {
            next = earlier(next, graceUntil);
        }
        return next;
    }

    public void onTimer() {
        if (remote.isEmpty() || lost) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (selected.isEmpty() && graceUntil != 0 && now - graceUntil >= 0) {
            best(CandidatePair.State.SUCCEEDED).ifPresent(pair -> check(pair, true, now));
            graceUntil = now + GRACE;
        }
        for (CandidatePair pair : pairs) {
            if (worthChecking(pair) && now - pair.nextCheck() >= 0) {
                if (pair.exhausted()) {
                    pair.failed();
                } else {
                    check(pair, isBest(pair), now);
                }
            }
        }
        selected.ifPresent(pair -> consent(pair, now));
    }

    private void onRequest(InetSocketAddress from, StunMessage request) {
        boolean ours = request.username().filter(name -> name.startsWith(local.ufrag() + ":")).isPresent();
        if (!ours || !request.authentic(local.key())) {
            return;
        }
        heard++;
        if (request.controlling()) {
            // We are the offerer, so a server that believes it is controlling has to yield: RFC 8445 section 7.3.1.1.
            output.send(from, StunWriter.bindingError(request.transactionId(), 487, "Role Conflict", local.key()));
            return;
        }
        output.send(from, StunWriter.bindingSuccess(request.transactionId(), from, local.key()));
        if (remote.isPresent()) {
            // RFC 8445 section 7.3.1.3: a request from an unknown address creates a peer-reflexive candidate.
            addPair(from, CHECK_PRIORITY).ifPresent(pair -> pair.trigger(nanoClock.getAsLong()));
            onTimer();
        }
    }

    private void onSuccess(InetSocketAddress from, StunMessage response) {
        Check check = checks.get(response.transactionKey());
        // RFC 8445 section 7.2.5.2.1: the answer must come from the address that the check was sent to.
        if (check == null || !check.pair().remote().equals(from) || !response.authentic(remote.orElseThrow().key())) {
            return;
        }
        checks.remove(response.transactionKey());
        long now = nanoClock.getAsLong();
        roundTripNanos = OptionalLong.of(now - check.sentAt());
        CandidatePair pair = check.pair();
        pair.succeeded();
        if (selected.isPresent() && selected.get() == pair) {
            lastConsent = now;
            nextConsentCheck = now + consentInterval();
        } else if (check.nominating() && selected.map(current -> current.priority() < pair.priority()).orElse(true)) {
            select(pair, now);
        } else if (selected.isEmpty() && graceUntil == 0) {
            graceUntil = now + GRACE;
        }
    }

    private void select(CandidatePair pair, long now) {
        selected = Optional.of(pair);
        lastConsent = now;
        nextConsentCheck = now + consentInterval();
        output.selected(pair.remote());
    }

    private void consent(CandidatePair pair, long now) {
        if (now - lastConsent >= consentTimeout) {
            lost = true;
            output.consentLost();
        } else if (now - nextConsentCheck >= 0) {
            check(pair, false, now);
            // An answer postpones the next check.
            nextConsentCheck = Math.min(now + CONSENT_RETRY, lastConsent + consentTimeout);
        }
    }

    private void check(CandidatePair pair, boolean nominate, long now) {
        byte[] transactionId = new byte[12];
        random.nextBytes(transactionId);
        IceCredentials peer = remote.orElseThrow();
        byte[] request = StunWriter.bindingRequest(
                transactionId, peer.ufrag() + ":" + local.ufrag(), tieBreaker, CHECK_PRIORITY, nominate, peer.key());
        forgetOldChecks(now);
        checks.put(java.util.HexFormat.of().formatHex(transactionId), new Check(pair, nominate, now));
        if (pair.open()) {
            pair.checked(now);
        }
        output.send(pair.remote(), request);
        sent++;
    }

    private void forgetOldChecks(long now) {
        checks.values().removeIf(check -> now - check.sentAt() > consentTimeout);
    }

    private Optional<CandidatePair> addPair(InetSocketAddress address, long priority) {
        for (CandidatePair pair : pairs) {
            if (pair.remote().equals(address)) {
                return Optional.of(pair);
            }
        }
        if (pairs.size() >= MOST_PAIRS || !reachable.test(address)) {
            return Optional.empty();
        }
        long now = nanoClock.getAsLong();
        long waiting = pairs.stream().filter(CandidatePair::open).count();
        CandidatePair pair = new CandidatePair(address, priority, now + waiting * PACE);
        pairs.add(pair);
        return Optional.of(pair);
    }

    /** Once an address is selected, only better ones are still tried. */
    private boolean worthChecking(CandidatePair pair) {
        return pair.open() && selected.map(current -> current.priority() < pair.priority()).orElse(true);
    }

    private boolean isBest(CandidatePair pair) {
        return pairs.stream().allMatch(
                other -> other.state() == CandidatePair.State.FAILED || other.priority() <= pair.priority());
    }

    private Optional<CandidatePair> best(CandidatePair.State state) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs) {
            if (pair.state() == state && (best == null || pair.priority() > best.priority())) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    /** RFC 7675 section 5.1: randomised by a fifth, so that many rooms do not check in lockstep. */
    private long consentInterval() {
        long interval = Math.min(CONSENT_INTERVAL, consentTimeout / 3);
        return (long) (interval * (0.8 + 0.4 * random.nextDouble()));
    }

    private static OptionalLong earlier(OptionalLong a, long b) {
        return a.isEmpty() || a.getAsLong() - b > 0 ? OptionalLong.of(b) : a;
    }
}
