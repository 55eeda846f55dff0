package dev.trunkline.console.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.console.accounts.Accounts;
import dev.trunkline.console.accounts.ApiKeys;
import dev.trunkline.console.accounts.IdentityProvider;
import dev.trunkline.console.accounts.KeyRates;
import dev.trunkline.console.accounts.OrganisationIds;
import dev.trunkline.console.accounts.PasswordHash;
import dev.trunkline.console.accounts.Sessions;
import dev.trunkline.console.accounts.SignIn;
import dev.trunkline.console.accounts.Tries;
import dev.trunkline.console.alarms.Alarms;
import dev.trunkline.console.analytics.Analytics;
import dev.trunkline.console.demo.DemoHistory;
import dev.trunkline.console.desk.BrowserLiveKit;
import dev.trunkline.console.desk.Desk;
import dev.trunkline.console.desk.DeskTakes;
import dev.trunkline.console.directory.RouterRequests;
import dev.trunkline.console.directory.RouterTokens;
import dev.trunkline.console.history.Erasure;
import dev.trunkline.console.history.History;
import dev.trunkline.console.history.Retention;
import dev.trunkline.console.ladder.MessageTables;
import dev.trunkline.console.ladder.MessageTopic;
import dev.trunkline.console.live.LiveBoard;
import dev.trunkline.console.live.LiveTopics;
import dev.trunkline.console.metrics.ConsoleMetrics;
import dev.trunkline.console.oidc.OidcSignIn;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.projection.Batches;
import dev.trunkline.console.projection.ProjectionTables;
import dev.trunkline.console.projection.Rebuild;
import dev.trunkline.console.store.Database;
import dev.trunkline.console.trace.Traces;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SuiteKeys;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Wires the parts together: the only place that supplies clock, randomness and settings. */
public class ConsoleBeans {
    private static final String GROUP = "console";
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    @Produces
    @Singleton
    Clock clock() {
        return SteadyClock.ofThisProcess();
    }

    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }

    @Produces
    @Singleton
    ConsoleMetrics metrics(MeterRegistry registry) {
        return new ConsoleMetrics(registry);
    }

    @Produces
    @Singleton
    KafkaAddress kafka(ConsoleSettings settings, MeterRegistry registry) {
        return KafkaAddress.of(settings).metered(registry);
    }

    @Produces
    @Singleton
    CallEventPublisher publisher(KafkaAddress kafka, ConsoleSettings settings, ContainedFaults faults) {
        return new CallEventPublisher(kafka, settings.instance(), faults);
    }

    @Produces
    @Singleton
    Envelopes envelopes(ConsoleSettings settings, Clock clock) {
        return new Envelopes("/console/" + settings.instance(), clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    Optional<Pseudonyms> pseudonyms(ConsoleSettings settings) {
        return settings.pseudonymKey().map(key -> new Pseudonyms(SuiteKeys.parse("pseudonym", key)));
    }

    @Produces
    @Singleton
    Database database(DataSource source) {
        return new Database(source);
    }

    @Produces
    @Singleton
    PasswordHash passwords() {
        return new PasswordHash(new SecureRandom());
    }

    @Produces
    @Singleton
    Accounts accounts(Database database, PasswordHash passwords) {
        return new Accounts(database, passwords);
    }

    @Produces
    @Singleton
    Sessions sessions(Database database, ConsoleSettings settings, Clock clock) {
        ConsoleSettings.Console console = settings.console();
        return new Sessions(database, new SecureRandom(), clock, console.sessionIdle(), console.sessionLongest());
    }

    @Produces
    @Singleton
    ApiKeys keys(Database database, Clock clock) {
        return new ApiKeys(database, new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    KeyRates rates(ConsoleSettings settings, Clock clock) {
        return new KeyRates(settings.console().keyRequests(), clock);
    }

    @Produces
    @Singleton
    HttpClient http() {
        return HttpClient.newBuilder().connectTimeout(CONNECTING).version(HttpClient.Version.HTTP_1_1).build();
    }

    @Produces
    @Singleton
    RouterTokens tokens(ConsoleSettings settings, HttpClient http, Clock clock) {
        return new RouterTokens(settings.console().routerUrl(), settings.adminToken(), http, clock);
    }

    @Produces
    @Singleton
    RouterRequests router(ConsoleSettings settings, RouterTokens tokens, HttpClient http) {
        return new RouterRequests(settings.console().routerUrl(), tokens, http);
    }

    @Produces
    @Singleton
    OrganisationIds organisations(RouterTokens tokens) {
        return organisation -> {
            try {
                return tokens.idOf(organisation);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refused.unavailable("The console is shutting down.");
            }
        };
    }

    @Produces
    @Singleton
    SignIn signIn(Accounts accounts, Sessions sessions, PasswordHash passwords, OrganisationIds organisations, Clock clock) {
        return new SignIn(accounts, sessions, passwords, new Tries(clock), organisations);
    }

    @Produces
    @Singleton
    Optional<OidcSignIn> oidc(
            ConsoleSettings settings, HttpClient http, ObjectMapper json, Sessions sessions, OrganisationIds organisations, Clock clock) {
        return OidcCheck.relying(settings.console())
                .map(relying -> new OidcSignIn(relying, http, json, sessions, organisations, new SecureRandom(), clock));
    }

    @Produces
    @Singleton
    Optional<IdentityProvider> provider(Optional<OidcSignIn> oidc) {
        return oidc.map(known -> known);
    }

    @Produces
    @Singleton
    ProjectionTables tables(Database database) {
        return new ProjectionTables(database);
    }

    @Produces
    @Singleton
    Batches batches(ProjectionTables tables, ConsoleMetrics metrics, ContainedFaults faults) {
        var batches = new Batches(tables::write, metrics::wrote, faults);
        metrics.watchWaiting(batches::waiting);
        return batches;
    }

    @Produces
    @Singleton
    Rebuild rebuild(
            KafkaAddress kafka, ConsoleSettings settings, ProjectionTables tables, Batches batches, Clock clock, ContainedFaults faults) {
        return new Rebuild(kafka, settings.instance(), tables, batches::handle, clock, faults);
    }

    /** The member of the consumer group, for SmallRye's connector. */
    @Produces
    @Singleton
    CallEventChannel channel(
            KafkaAddress kafka,
            ConsoleSettings settings,
            Batches batches,
            CallEventPublisher publisher,
            ConsoleMetrics metrics,
            ContainedFaults faults,
            CallEventChannel.Connection connection) {
        var channel = new CallEventChannel(
                kafka, GROUP, settings.instance(), events(), batches, publisher, faults, connection);
        metrics.watchDeaf(() -> channel.deafFor().toSeconds());
        return channel;
    }

    private static Set<Class<? extends CallRecord>> events() {
        return EventTypes.all().keySet().stream().filter(CallEvent.class::isAssignableFrom).collect(Collectors.toUnmodifiableSet());
    }

    @Produces
    @Singleton
    LiveBoard board(ConsoleMetrics metrics) {
        var board = new LiveBoard();
        metrics.watchLive(board::size);
        return board;
    }

    @Produces
    @Singleton
    LiveTopics liveTopics(LiveBoard board, KafkaAddress kafka, ConsoleSettings settings, Clock clock, ContainedFaults faults) {
        return new LiveTopics(board, kafka, settings.instance(), clock, faults);
    }

    @Produces
    @Singleton
    Optional<BrowserLiveKit> liveKit(ConsoleSettings settings) {
        return DeskCheck.liveKit(settings);
    }

    @Produces
    @Singleton
    Desk desk(LiveBoard board, Database database, Optional<BrowserLiveKit> liveKit, Clock clock) {
        return new Desk(board, new DeskTakes(database), liveKit, clock);
    }

    @Produces
    @Singleton
    History history(Database database) {
        return new History(database);
    }

    @Produces
    @Singleton
    Retention retention(Database database, ConsoleSettings settings) {
        return new Retention(database, Optional.of(settings.console().retention()).filter(Duration::isPositive));
    }

    @Produces
    @Singleton
    Erasure erasure(Database database) {
        return new Erasure(database);
    }

    @Produces
    @Singleton
    Traces traces(Database database) {
        return new Traces(database);
    }

    @Produces
    @Singleton
    DemoHistory demoHistory(Database database, ProjectionTables tables) {
        return new DemoHistory(database, tables);
    }

    @Produces
    @Singleton
    MessageTables messages(Database database) {
        return new MessageTables(database);
    }

    @Produces
    @Singleton
    MessageTopic messageTopic(MessageTables messages, KafkaAddress kafka, ConsoleSettings settings, Clock clock, ContainedFaults faults) {
        return new MessageTopic(messages, kafka, settings.instance(), settings.console().messages(), clock, faults);
    }

    @Produces
    @Singleton
    Analytics analytics(Database database) {
        return new Analytics(database);
    }

    @Produces
    @Singleton
    Alarms alarms(Database database, Clock clock, CallEventChannel channel) {
        return new Alarms(database, clock, channel::reading);
    }
}
