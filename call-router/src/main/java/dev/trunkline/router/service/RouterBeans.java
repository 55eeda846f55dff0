package dev.trunkline.router.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallsChannel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealKeys;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.announce.TopicKeys;
import dev.trunkline.router.announce.TrunkAnnouncer;
import dev.trunkline.router.announce.TrunkOutbox;
import dev.trunkline.router.api.Explainer;
import dev.trunkline.router.api.FrontPage;
import dev.trunkline.router.api.Onwards;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.apply.RulesWithoutTrunk;
import dev.trunkline.router.auth.AdminToken;
import dev.trunkline.router.calls.InviteHandler;
import dev.trunkline.router.calls.WarmUp;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.gateways.TriedGateways;
import dev.trunkline.router.legs.Transfers;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.provisioning.link.LiveKitOrigins;
import dev.trunkline.router.provisioning.link.Provisioner;
import dev.trunkline.router.routing.RoomNames;
import dev.trunkline.router.routing.RoomSuffix;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.rules.LongestRinging;
import dev.trunkline.router.snapshot.ChangeListener;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.snapshot.DirectoryWatch;
import dev.trunkline.router.store.TenantLogin;
import dev.trunkline.router.store.Transactions;
import dev.trunkline.router.warm.WarmPoolAnnouncer;
import dev.trunkline.router.warm.WarmPoolTopic;
import dev.trunkline.router.webhook.http.WebhookClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Wires the parts: the only place where clock, randomness and settings come in. */
public class RouterBeans {

    @Produces
    @Singleton
    Clock clock() {
        return SteadyClock.ofThisProcess();
    }

    @Produces
    @Singleton
    FrontPage.Console console(RouterSettings settings) {
        return new FrontPage.Console(settings.consoleUrl());
    }

    @Produces
    @Singleton
    KafkaAddress kafka(RouterSettings settings, MeterRegistry registry) {
        return KafkaAddress.of(settings).metered(registry);
    }

    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }

    @Produces
    @Singleton
    CallEventPublisher publisher(KafkaAddress kafka, RouterSettings settings, ContainedFaults faults) {
        return new CallEventPublisher(kafka, settings.instance(), faults);
    }

    @Produces
    @Singleton
    Sealer sealer(RouterSettings settings) {
        return SealKeys.parse(settings.sealKey(), settings.sealKeyAlso()).sealer(new SecureRandom());
    }

    @Produces
    @Singleton
    SealedCallers seals(Sealer sealer) {
        return new SealedCallers(sealer);
    }

    @Produces
    @Singleton
    RouterMetrics metrics(MeterRegistry registry) {
        return new RouterMetrics(registry);
    }

    @Produces
    @Singleton
    AdminToken adminToken(RouterSettings settings) {
        return new AdminToken(settings.adminToken());
    }

    @Produces
    @Singleton
    SuiteDefaults suite(RouterSettings settings) {
        RouterSettings.SuiteSettings suite = settings.suite();
        return new SuiteDefaults(
                suiteConfig(suite.config()), new CallRate(suite.callerRateCalls(), suite.callerRateWindowSeconds()));
    }

    private static ObjectNode suiteConfig(String text) {
        try {
            return EventJson.MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("TRUNKLINE_SUITE_CONFIG is not a JSON object: write for example {\"language\":\"en\"}");
        }
    }

    @Produces
    @Singleton
    Routing routing(SuiteDefaults suite) {
        return new Routing(suite, new RoomNames(new RoomSuffix()));
    }

    @Produces
    @Singleton
    TenantLogin tenantLogin(
            DataSource postgres,
            RouterSettings settings,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl) {
        Optional<TenantLogin.Credentials> given = settings.tenantLogin().user()
                .map(user -> new TenantLogin.Credentials(user, settings.tenantLogin().password().orElse("")));
        return new TenantLogin(postgres, jdbcUrl, given);
    }

    void close(@Disposes TenantLogin login) {
        login.close();
    }

    @Produces
    @Singleton
    Transactions transactions(DataSource postgres, TenantLogin login) {
        return new Transactions(postgres, login);
    }

    @Produces
    @Singleton
    CurrentDirectory directory(Transactions transactions, RouterMetrics metrics, Clock clock) {
        return new CurrentDirectory(new DirectoryReader(transactions), metrics, clock);
    }

    @Produces
    @Singleton
    DirectoryWatch watch(
            Flyway flyway,
            CurrentDirectory directory,
            DataSource postgres,
            RouterSettings settings,
            ContainedFaults faults) {
        return new DirectoryWatch(
                flyway, directory, new ChangeListener(postgres), settings.directory().pollEvery(), faults);
    }

    @Produces
    @Singleton
    TrunkAnnouncer announcer(
            Transactions transactions,
            KafkaAddress kafka,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Sealer sealer,
            RouterSettings settings,
            ContainedFaults faults) {
        return new TrunkAnnouncer(
                new TrunkOutbox(transactions, new SealedTrunkUsers(sealer)),
                new TopicKeys(kafka, Topics.TRUNKS, settings.instance() + "-trunks"),
                publisher,
                metrics,
                settings.directory().announceEvery(),
                faults);
    }

    @Produces
    @Singleton
    WarmPoolAnnouncer warmPools(
            Transactions transactions,
            CurrentDirectory directory,
            KafkaAddress kafka,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            RouterSettings settings,
            ContainedFaults faults) {
        return new WarmPoolAnnouncer(
                transactions, directory, new WarmPoolTopic(kafka, settings.instance(), publisher, faults), metrics,
                settings.directory().announceEvery(), faults);
    }

    @Produces
    @Singleton
    Provisioner provisioner(
            RouterSettings settings,
            Transactions transactions,
            DirectoryFileReader reader,
            DirectoryExport export,
            DirectoryWriter writer,
            Removals removals,
            CurrentDirectory directory,
            RouterMetrics metrics,
            ContainedFaults faults) {
        return new Provisioner(settings.provisioning(), transactions, reader, export, writer, removals, directory, metrics, faults);
    }

    @Produces
    @Singleton
    LiveKitOrigins liveKitOrigins(Transactions transactions) {
        return new LiveKitOrigins(transactions);
    }

    @Produces
    @Singleton
    WebhookClient webhooks(Vertx vertx, RouterSettings settings, RouterMetrics metrics, Clock clock) {
        return new WebhookClient(vertx, settings.webhook(), metrics, clock);
    }

    @Produces
    @Singleton
    CallTraces traces(RouterSettings settings) {
        return CallTraces.of(settings, "call-router", settings.instance());
    }

    void close(@Disposes CallTraces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    Envelopes envelopes(CallTraces traces, RouterSettings settings, Clock clock) {
        return traces.envelopes("/call-router/" + settings.instance(), clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    InviteHandler inviteHandler(
            CurrentDirectory directory,
            Routing routing,
            WebhookClient webhooks,
            SealedCallers seals,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Envelopes envelopes,
            Clock clock,
            RecordAges ages) {
        return new InviteHandler(
                () -> directory.get().orElseGet(Directory::empty), routing, webhooks, seals, envelopes, publisher, metrics,
                clock, ages);
    }

    @Produces
    @Singleton
    CallEventChannel channel(
            KafkaAddress kafka,
            RouterSettings settings,
            InviteHandler invites,
            Transfers transfers,
            CallEventPublisher publisher,
            ContainedFaults faults,
            CallsChannel connection) {
        return new CallEventChannel(
                kafka, "call-router", settings.instance(), Set.of(InviteReceived.class, TransferRequested.class),
                event -> event.record() instanceof TransferRequested ? transfers.handle(event) : invites.handle(event),
                publisher, faults, connection);
    }

    @Produces
    @Singleton
    Explainer explainer(
            CurrentDirectory directory,
            SuiteDefaults suite,
            WebhookClient webhooks,
            Dialler dialler,
            TriedGateways gateways,
            Clock clock) {
        return new Explainer(
                () -> directory.get().orElseGet(Directory::empty), suite, webhooks, new Onwards(dialler, gateways), clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    WarmUp warmUp(Routing routing, SealedCallers seals) {
        return new WarmUp(routing, seals);
    }

    @Produces
    @Singleton
    RulesWithoutTrunk rulesWithoutTrunk(RouterSettings settings) {
        return settings.router().rulesWithoutTrunk();
    }

    @Produces
    @Singleton
    DirectoryFileReader directoryFiles(RulesWithoutTrunk rulesWithoutTrunk, RouterSettings settings) {
        return new DirectoryFileReader(
                rulesWithoutTrunk == RulesWithoutTrunk.ACCEPT, new LongestRinging(settings.routing().longestRinging()));
    }

    @Produces
    @Singleton
    DirectoryExport directoryExport(Transactions transactions) {
        return new DirectoryExport(transactions);
    }

    @Produces
    @Singleton
    DirectoryWriter directoryWriter(Transactions transactions) {
        return new DirectoryWriter(transactions);
    }

    @Produces
    @Singleton
    Removals removals(Transactions transactions) {
        return new Removals(transactions);
    }
}
