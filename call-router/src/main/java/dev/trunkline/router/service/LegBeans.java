package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.SuiteKeys;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.legs.CallMaker;
import dev.trunkline.router.legs.LegRoutes;
import dev.trunkline.router.legs.Ringing;
import dev.trunkline.router.legs.TopicPartitions;
import dev.trunkline.router.legs.TransferAsker;
import dev.trunkline.router.legs.Transfers;
import dev.trunkline.router.live.LiveCalls;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.store.KeyedCalls;
import dev.trunkline.router.store.Transactions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Wires the parts that decide and announce outbound calls. */
public class LegBeans {

    @Produces
    @Singleton
    Dialler dialler(SuiteDefaults suite) {
        return new Dialler(suite.config());
    }

    @Produces
    @Singleton
    SealedTargets targets(Sealer sealer) {
        return new SealedTargets(sealer);
    }

    @Produces
    @Singleton
    LegRoutes routes(SealedCallers callers, SealedTargets targets, RouterSettings settings, Clock clock) {
        byte[] key = SuiteKeys.parse("pseudonym", settings.pseudonymKey().orElseThrow(() -> new IllegalStateException(
                "TRUNKLINE_PSEUDONYM_KEY is not set: make a key with `openssl rand -base64 32` and give all services the same")));
        return new LegRoutes(callers, targets, new Pseudonyms(key), settings.router().dial().within(), clock);
    }

    @Produces
    @Singleton
    Ringing ringing(RouterSettings settings) {
        return new Ringing(settings.router().dial().ringing());
    }

    @Produces
    @Singleton
    Transfers transfers(
            CurrentDirectory directory,
            Dialler dialler,
            LegRoutes routes,
            SealedCallers callers,
            SealedTargets targets,
            KafkaAddress kafka,
            Ringing ringing,
            Envelopes envelopes,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            RouterSettings settings,
            RecordAges ages) {
        return new Transfers(
                () -> directory.get().orElseGet(Directory::empty), dialler, routes, callers, targets,
                new TopicPartitions(kafka, settings.instance()), ringing, envelopes, publisher, metrics, ages);
    }

    @Produces
    @Singleton
    CallMaker callMaker(
            CurrentDirectory directory,
            Dialler dialler,
            SuiteDefaults suite,
            LegRoutes routes,
            Transactions transactions,
            CallTraces traces,
            Ringing ringing,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            RouterSettings settings,
            Clock clock) {
        return new CallMaker(
                () -> directory.get().orElseGet(Directory::empty), dialler, suite, routes, new KeyedCalls(transactions), ringing,
                ids -> envelopes(traces, ids, settings, clock),
                settings.router().dial().within(), publisher, metrics, clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    TransferAsker transferAsker(
            LiveCalls live,
            SealedTargets targets,
            CallTraces traces,
            CallEventPublisher publisher,
            RouterSettings settings,
            Clock clock) {
        return new TransferAsker(
                live, targets, ids -> envelopes(traces, ids, settings, clock), settings.router().dial().within(), publisher,
                UUID::randomUUID);
    }

    /** The channel is created after the handlers to which it passes events. */
    @Produces
    @Singleton
    RecordAges ages(Clock clock, Provider<CallEventChannel> channel) {
        return new RecordAges(clock, () -> channel.get().longestOnTheWay());
    }

    private static Envelopes envelopes(CallTraces traces, Supplier<UUID> ids, RouterSettings settings, Clock clock) {
        return traces.envelopes("/call-router/" + settings.instance(), clock, ids);
    }
}
