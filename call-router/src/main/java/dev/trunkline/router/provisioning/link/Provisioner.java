package dev.trunkline.router.provisioning.link;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.provisioning.Comparison;
import dev.trunkline.router.provisioning.Fact;
import dev.trunkline.router.provisioning.ItemKey;
import dev.trunkline.router.provisioning.Known;
import dev.trunkline.router.provisioning.LiveKitItem;
import dev.trunkline.router.provisioning.Plan;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.Transactions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings trunks and rules that are created in LiveKit into the directory, and back into LiveKit if its Redis was wiped.
 * One replica at a time polls LiveKit; the rest is done only if LiveKit or the directory has changed.
 *
 * <pre>
 *   marker there? --list--> marker still there? --yes--> compare --> write the directory, remember, tell
 *        no ▼                     no ▼
 *        write back what Postgres remembers, set the marker, list again
 * </pre>
 */
public final class Provisioner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Provisioner.class);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    /** If at least this many items disappear at once and there is no marker, it is not taken for a deletion. */
    private static final int TOO_MANY_AT_ONCE = 2;

    private final Transactions transactions;
    private final DirectoryReader versions;
    private final DirectoryExport export;
    private final DirectoryFileReader reader;
    private final Execution execution;
    private final CurrentDirectory directory;
    private final RouterMetrics metrics;
    private final ProvisioningSettings settings;
    private final Optional<LiveKitSip> liveKit;
    private final Optional<LiveKitStore> store;
    private final Rounds rounds;
    /** This field and the next are used by the rounds only. */
    private Map<ItemKey, String> seen = Map.of();
    private OptionalLong seenVersion = OptionalLong.empty();
    private volatile Optional<String> problem = Optional.empty();
    private volatile long conflicts;

    /** @throws IllegalStateException if a setting is missing or faulty */
    public Provisioner(
            ProvisioningSettings settings,
            Transactions transactions,
            DirectoryFileReader reader,
            DirectoryExport export,
            DirectoryWriter writer,
            Removals removals,
            CurrentDirectory directory,
            RouterMetrics metrics,
            ContainedFaults faults) {
        this.settings = settings;
        this.transactions = transactions;
        this.versions = new DirectoryReader(transactions);
        this.export = export;
        this.reader = reader;
        this.execution = new Execution(reader, writer, removals);
        this.directory = directory;
        this.metrics = metrics;
        this.liveKit = settings.url().map(url -> new LiveKitSip(
                url, required(settings.key(), "TRUNKLINE_PROVISIONING_KEY"), required(settings.secret(), "TRUNKLINE_PROVISIONING_SECRET")));
        this.store = settings.redis().filter(url -> liveKit.isPresent()).map(LiveKitStore::new);
        this.rounds = new Rounds("livekit-provisioner", this::round, faults);
        metrics.watchProvisioning(() -> conflicts);
    }

    private static String required(Optional<String> value, String name) {
        return value.orElseThrow(() -> new IllegalStateException(
                name + " is missing: TRUNKLINE_PROVISIONING_URL, from which trunks and rules are taken, needs it"));
    }

    /** Starts the rounds, if a LiveKit is configured; to be called once the schema exists. */
    public void start() {
        if (liveKit.isPresent()) {
            LOG.infof("trunks and rules are taken from LiveKit at %s%s", settings.url().orElseThrow(),
                    store.isPresent() ? ", and written back if its Redis loses them" : "; they are not written back: TRUNKLINE_PROVISIONING_REDIS is not set");
            rounds.start();
        }
    }

    /** Returns whether LiveKit is still polled, if it is configured. */
    public boolean alive() {
        return liveKit.isEmpty() || rounds.alive();
    }

    /** Returns what came from LiveKit, and what could not. */
    public ProvisioningReport report() throws SQLException {
        return transactions.asOwner(connection -> {
            List<ProvisioningReport.Told> facts = ProvisioningReport.facts(connection);
            return new ProvisioningReport(
                    liveKit.isPresent(), store.isPresent(), problem, ProvisioningReport.items(connection),
                    facts.stream().filter(told -> told.fact().reason().conflict()).toList(),
                    facts.stream().filter(told -> !told.fact().reason().conflict()).toList());
        });
    }

    private Duration round() {
        try {
            if (transactions.<Boolean, IOException>asOwner(Actor.byFile(Execution.ACTOR), this::inTurn)) {
                directory.refresh();
            }
            if (problem.isPresent()) {
                LOG.info("LiveKit's trunks and rules can be read again");
            }
            problem = Optional.empty();
            return settings.pollEvery().compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : settings.pollEvery();
        } catch (IOException | SQLException e) {
            metrics.provisioningFailed();
            String said = e.toString().lines().findFirst().orElse("unknown");
            if (problem.isEmpty()) {
                LOG.errorf("nothing is taken from LiveKit until this is resolved; what was taken stays: %s", said);
            }
            problem = Optional.of(said);
            return BEFORE_NEXT_TRY;
        }
    }

    /** @return whether the directory may have changed */
    private boolean inTurn(Connection connection) throws SQLException, IOException {
        var rows = new ProvisioningRows(connection);
        if (!rows.lock()) {
            return false;
        }
        List<LiveKitItem> items = list(rows);
        long version = versions.version();
        Map<ItemKey, String> now = items.stream().collect(Collectors.toMap(LiveKitItem::key, LiveKitItem::raw, (one, other) -> one));
        if (now.equals(seen) && seenVersion.equals(OptionalLong.of(version))) {
            return false;
        }
        List<Known> known = rows.known();
        if (store.isEmpty() && items.isEmpty() && known.size() >= TOO_MANY_AT_ONCE) {
            throw new IOException(("LiveKit has none of the %d trunks and rules that it had: if its Redis was wiped, set"
                    + " TRUNKLINE_PROVISIONING_REDIS to have them written back; if they were deleted, remove them here too").formatted(known.size()));
        }
        Plan plan = Comparison.plan(items, known, export.read(), rows.madeNumbers(), reader, settings.organisation());
        Execution.Outcome outcome = execution.run(plan, known);
        for (String number : plan.numbersGone()) {
            rows.removeNumber(number);
        }
        for (Map.Entry<String, String> number : plan.numbers().entrySet()) {
            rows.give(number.getKey(), number.getValue());
        }
        rows.remember(known, outcome.known());
        rows.tell(outcome.facts()).forEach(Provisioner::log);
        conflicts = outcome.facts().stream().filter(fact -> fact.reason().conflict()).count();
        seen = now;
        seenVersion = OptionalLong.of(version);
        return true;
    }

    /** Returns everything that LiveKit has, after restoring what it lost. */
    private List<LiveKitItem> list(ProvisioningRows rows) throws SQLException, IOException {
        LiveKitSip sip = liveKit.orElseThrow();
        if (store.isEmpty()) {
            return sip.list();
        }
        LiveKitStore redis = store.get();
        if (redis.marked()) {
            List<LiveKitItem> items = sip.list();
            if (redis.marked()) {
                return items;
            }
        }
        // An item that was deleted there and is still needed here has nothing to write back.
        List<Known> lost = rows.known().stream().filter(each -> !each.raw().isEmpty()).toList();
        int written = redis.restore(lost);
        redis.mark();
        if (written > 0) {
            LOG.warnf("LiveKit's Redis was wiped: %d trunks and rules are written back, with the ids that they had", written);
            metrics.writtenBack(written);
        }
        return sip.list();
    }

    private static void log(Fact fact) {
        String text = "%s=%s livekit=%s %s: %s".formatted(
                fact.key().kind().code(), fact.name(), fact.key().id(), fact.reason().code(), fact.text());
        if (fact.reason().conflict()) {
            LOG.warn(text);
        } else {
            LOG.info(text);
        }
    }

    @Override
    public void close() {
        rounds.close();
        liveKit.ifPresent(LiveKitSip::close);
        store.ifPresent(LiveKitStore::close);
    }
}
