package dev.trunkline.edge.service;

import dev.trunkline.edge.auth.DigestServer;
import dev.trunkline.edge.auth.Guesses;
import dev.trunkline.edge.auth.NonceCounts;
import dev.trunkline.edge.auth.Nonces;
import dev.trunkline.edge.auth.WrongAnswers;
import dev.trunkline.edge.trunks.Doorman;
import dev.trunkline.edge.trunks.FirstLook;
import dev.trunkline.edge.trunks.Gate;
import dev.trunkline.edge.trunks.HostNames;
import dev.trunkline.edge.trunks.Quotas;
import dev.trunkline.edge.trunks.StrangerRate;
import dev.trunkline.edge.trunks.Trunks;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Assembles the knowledge of whom the edge believes: trunks, their host names, their users, their quotas. */
final class Trust implements AutoCloseable {
    private static final int MOST_NONCES = 100_000;
    private static final int MOST_WRONG_ANSWERS = 20_000;
    /** SIP opens without a host name whose lookup takes longer. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    private final HostNames hosts;
    private final Trunks trunks;
    private final Doorman doorman;
    private final Gate gate;
    private final Quotas quotas;

    Trust(EdgeParts parts, Sealer sealer) {
        EdgeSettings.Sip sip = parts.settings().sip();
        EdgeSettings.Strangers strangers = sip.strangers();
        EdgeSettings.Quota quota = sip.quota();
        quotas = new Quotas(
                System::nanoTime,
                new Quotas.Defaults(quota.invitesPerSecond(), quota.earlyCalls(), quota.optionsPerSecond()));
        hosts = new HostNames(parts.resolver(), sip.hostNames(), parts.faults());
        trunks = new Trunks(EventJson.MAPPER, new SealedTrunkUsers(sealer), hosts);
        doorman = new Doorman(
                trunks::table,
                new FirstLook(strangers.scanners()),
                new StrangerRate(System::nanoTime, parts.random().nextLong(), strangers.perSource(), strangers.total()),
                parts.clock(),
                parts.metrics()::dropped);
        var digest = new DigestServer(
                new Nonces(parts.sealKeys().key(), parts.random()::nextBytes, parts.clock(), sip.digest().nonceLifetime()),
                new NonceCounts(MOST_NONCES),
                new WrongAnswers(
                        parts.clock(), sip.digest().freeFromSource(), sip.digest().firstWait(), sip.digest().longestWait(),
                        MOST_WRONG_ANSWERS),
                new Guesses(parts.clock(), sip.digest().freeGuesses(), sip.digest().firstWait(),
                        sip.digest().longestWait(), MOST_WRONG_ANSWERS),
                parts.clock());
        gate = new Gate(trunks::table, digest, sip.digest().inDialog());
        parts.metrics().watchHostNames(() -> hosts.failing().size());
    }

    void start() {
        hosts.start(trunks::resolved);
    }

    /** Completes when host names were looked up once, or that took too long. */
    CompletionStage<Void> settled() {
        return hosts.looked().toCompletableFuture().copy().completeOnTimeout(null, FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    Set<String> unresolved() {
        return hosts.failing();
    }

    Trunks trunks() {
        return trunks;
    }

    Doorman doorman() {
        return doorman;
    }

    Gate gate() {
        return gate;
    }

    Quotas quotas() {
        return quotas;
    }

    @Override
    public void close() {
        hosts.close();
    }
}
