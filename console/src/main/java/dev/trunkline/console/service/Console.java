package dev.trunkline.console.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ChannelLost;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.console.accounts.Accounts;
import dev.trunkline.console.accounts.Sessions;
import dev.trunkline.console.demo.DemoHistory;
import dev.trunkline.console.directory.RouterTokens;
import dev.trunkline.console.history.Retention;
import dev.trunkline.console.ladder.MessageTopic;
import dev.trunkline.console.live.LiveBoard;
import dev.trunkline.console.live.LiveTopics;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.projection.Batches;
import dev.trunkline.console.projection.ProjectionTables;
import dev.trunkline.console.projection.Rebuild;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Starts and stops the console. Pages, sign-in and history wait for Postgres; live calls wait only for Kafka. */
@Singleton
public class Console {
    private static final Logger LOG = Logger.getLogger(Console.class);
    private static final String KEEPER = "console-keeper";
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(30);
    private static final int SLICES_A_ROUND = 20;
    private static final Duration SILENT = Duration.ofMinutes(10);

    private final ConsoleSettings settings;
    private final Flyway flyway;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Database database;
    private final Batches batches;
    private final CallEventChannel channel;
    private final CallEventPublisher publisher;
    private final LiveTopics live;
    private final LiveBoard board;
    private final Rebuild rebuild;
    private final ProjectionTables tables;
    private final DemoHistory demo;
    private final Retention retention;
    private final MessageTopic messages;
    private final RouterTokens tokens;
    private final Clock clock;
    private final Rounds keeper;
    private volatile boolean prepared;
    /** Used only by the round's thread, so that the outage is logged once. */
    private boolean away;

    public Console(
            ConsoleSettings settings,
            Flyway flyway,
            Accounts accounts,
            Sessions sessions,
            Database database,
            Batches batches,
            CallEventChannel channel,
            CallEventPublisher publisher,
            LiveTopics live,
            LiveBoard board,
            Rebuild rebuild,
            ProjectionTables tables,
            DemoHistory demo,
            Retention retention,
            MessageTopic messages,
            RouterTokens tokens,
            Clock clock,
            ContainedFaults faults) {
        this.settings = SettingsCheck.check(settings);
        this.flyway = flyway;
        this.accounts = accounts;
        this.sessions = sessions;
        this.database = database;
        this.batches = batches;
        this.channel = channel;
        this.publisher = publisher;
        this.live = live;
        this.board = board;
        this.rebuild = rebuild;
        this.tables = tables;
        this.demo = demo;
        this.retention = retention;
        this.messages = messages;
        this.tokens = tokens;
        this.clock = clock;
        this.keeper = new Rounds(KEEPER, this::round, faults);
    }

    void start(@Observes StartupEvent event) {
        JsonLines.install(settings, "console", settings.instance());
        live.start();
        keeper.start();
    }

    /** A console that no longer receives events ends, so that its supervisor starts another. */
    void lost(@Observes ChannelLost loss) {
        LOG.errorf("channel=%s is lost, this process stops", loss.channel());
        Quarkus.asyncExit(1);
    }

    private Duration round() throws InterruptedException {
        if (!prepared && !prepare()) {
            return BEFORE_NEXT_TRY;
        }
        board.forget(clock.instant(), SILENT);
        buildOnce();
        inventOnce();
        sweep();
        return BETWEEN_ROUNDS;
    }

    /** @return false if Postgres does not answer */
    private boolean prepare() {
        try {
            flyway.migrate();
            accounts();
            batches.start();
            messages.start();
            channel.start();
            prepared = true;
            LOG.info("the database schema is up to date; events are being written");
            return true;
        } catch (FlywayException | SQLException e) {
            if (!away) {
                LOG.warnf("the console waits for its database: %s", e.getMessage());
            }
            away = true;
            return false;
        }
    }

    /** Creates the accounts of the settings; if an identity provider replaces them, their sessions are ended. */
    private void accounts() throws SQLException {
        boolean off = OidcCheck.relying(settings.console()).filter(relying -> !relying.accountsToo()).isPresent();
        if (off) {
            sessions.endOfAccounts();
        } else {
            accounts.ensure(SettingsCheck.accounts(settings.console().accounts()));
        }
    }

    /** A new consumer group begins at the end of Kafka's log, so a rebuild reads what is before. Retried if it did not succeed. */
    private void buildOnce() {
        try {
            if (tables.builtAt().isEmpty()) {
                rebuild.begin();
            }
        } catch (SQLException e) {
            LOG.debugf("the database does not answer: SQLSTATE %s", e.getSQLState());
        }
    }

    /** Deletes a limited number per round, so that a shortened retention does not delay everything else. */
    private void sweep() {
        try {
            int gone = 0;
            for (int slices = 0, last = Retention.SLICE; slices < SLICES_A_ROUND && last >= Retention.SLICE; slices++) {
                last = retention.sweep(clock.instant());
                gone += last;
            }
            if (gone > 0) {
                LOG.infof("deleted %d calls that were older than their organisation's retention", gone);
            }
        } catch (SQLException e) {
            LOG.debugf("the database does not answer: SQLSTATE %s", e.getSQLState());
        }
    }

    /** Writes the history of the demo, if one is configured. Retried if the router does not yet know the organisation. */
    private void inventOnce() throws InterruptedException {
        Optional<String> organisation = settings.console().demoOrganisation().filter(name -> !name.isBlank());
        if (organisation.isEmpty()) {
            return;
        }
        try {
            if (!demo.written()) {
                var whose = new OrganisationRef(tokens.idOf(organisation.get()), organisation.get());
                LOG.infof("organisation=%s a week of invented history was written, %d events",
                        whose.name(), demo.write(whose, clock.instant()));
            }
        } catch (Refused | SQLException e) {
            LOG.debugf("no invented history yet: %s", e.getMessage());
        }
    }

    /** Whether events are read and written, and the board is up to date. */
    boolean works() {
        return prepared && channel.healthy() && channel.reading() && live.reading() && batches.alive() && keeper.alive();
    }

    boolean databaseAnswers() {
        return database.answers();
    }

    /** What is wrong with Kafka, if anything is. */
    String kafka() {
        Optional<String> missing = channel.missingRight().or(live::missingRight);
        if (missing.isPresent()) {
            return missing.get();
        }
        if (!prepared || !channel.healthy()) {
            return "not in the group";
        }
        return channel.reading() ? publisher.stuck().orElse("in the group, and read") : "NOT READ for %d s".formatted(channel.deafFor().toSeconds());
    }

    void stop(@Observes ShutdownEvent event) {
        keeper.close();
        if (prepared) {
            channel.close();
        }
        batches.close();
        messages.close();
        live.close();
        publisher.close();
    }
}
