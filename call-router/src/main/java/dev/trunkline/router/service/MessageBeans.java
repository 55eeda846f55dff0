package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.router.messages.MessageStore;
import dev.trunkline.router.messages.Messages;
import dev.trunkline.router.store.Transactions;
import dev.trunkline.store.StoreAddress;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wires the message store, and deletes messages whose retention has ended. */
@Singleton
public class MessageBeans {
    private final RouterSettings settings;
    private final ContainedFaults faults;
    private final Optional<MessageStore> store;
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("message-sweep").daemon(true).factory());

    MessageBeans(RouterSettings settings, ContainedFaults faults) {
        this.settings = settings;
        this.faults = faults;
        this.store = store(settings.voicemail());
    }

    private static Optional<MessageStore> store(RouterSettings.VoicemailSettings said) {
        Optional<VoicemailKeys> keys = VoicemailKeys.parse(said.key(), said.keysAlso());
        Optional<String> where = said.store().filter(text -> !text.isBlank());
        if (keys.isPresent() != where.isPresent()) {
            throw new IllegalStateException("TRUNKLINE_VOICEMAIL_KEY and TRUNKLINE_VOICEMAIL_STORE belong together: set both as in the relays, or"
                    + " neither if no messages are recorded");
        }
        return keys.map(known -> new MessageStore(
                new StoreAddress(where.orElseThrow(), said.endpoint(), said.region(), said.accessKey(), said.secretKey()).open(), known));
    }

    @Produces
    @Singleton
    Messages messages(Transactions transactions, Envelopes envelopes, CallEventPublisher publisher, Clock clock) {
        return new Messages(store, transactions, envelopes, publisher, clock);
    }

    void start(@Observes StartupEvent event, Messages messages) {
        if (store.isPresent()) {
            long millis = Math.max(1_000, settings.voicemail().sweep().toMillis());
            sweeper.scheduleWithFixedDelay(faults.guarded("message-sweep", messages::sweep), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        sweeper.shutdownNow();
        store.ifPresent(open -> open.objects().close());
    }
}
