package dev.trunkline.relay.voicemail;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageRecorded;
import dev.trunkline.events.voicemail.Voicemail;
import dev.trunkline.events.voicemail.VoicemailBrokenException;
import dev.trunkline.events.voicemail.VoicemailName;
import dev.trunkline.relay.voicemail.VoicemailSpool.Spooled;
import dev.trunkline.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Moves messages from the spool to the store, and publishes an event for each once it is there. A message that cannot be stored now is
 * retried; one that nobody can open is counted as lost. Thread-safe; blocks on disk and store.
 */
public final class VoicemailPost implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VoicemailPost.class);

    /** The outcome for one message. */
    public enum Outcome {
        STORED("stored"), TOO_SHORT("too-short"), LOST("lost"), WAITING("waiting");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private final VoicemailSpool spool;
    private final ObjectStore store;
    private final String relay;
    private final Function<MessageRecorded, Boolean> say;
    private final Consumer<Outcome> counted;
    private final ContainedFaults faults;
    private final Set<Path> underWay = ConcurrentHashMap.newKeySet();
    private volatile int waiting;

    /**
     * @param say publishes, and blocks; false if it is not known to be published
     * @param counted receives the outcome of each message; {@link Outcome#WAITING} at each failed attempt
     */
    public VoicemailPost(
            VoicemailSpool spool,
            ObjectStore store,
            String relay,
            Function<MessageRecorded, Boolean> say,
            Consumer<Outcome> counted,
            ContainedFaults faults) {
        this.spool = spool;
        this.store = store;
        this.relay = relay;
        this.say = say;
        this.counted = counted;
        this.faults = faults;
    }

    /** Returns the number of messages that were waiting for the store at the last {@link #all}. */
    public int waiting() {
        return waiting;
    }

    /** Tries each message that is to be stored. */
    public void all() {
        List<Spooled> done;
        try {
            done = spool.done();
        } catch (IOException e) {
            LOG.errorf("the message spool cannot be read: %s", e.getClass().getSimpleName());
            return;
        }
        int left = 0;
        for (Spooled message : done) {
            left += one(message) == Outcome.WAITING ? 1 : 0;
        }
        waiting = left;
    }

    /** Tries to store one message. @param file to which it was recorded */
    public Outcome one(Path file) {
        return VoicemailSpool.named(file).map(this::one).orElse(Outcome.LOST);
    }

    private Outcome one(Spooled message) {
        if (!underWay.add(message.file())) {
            return Outcome.WAITING;
        }
        try {
            return Files.exists(message.file()) ? tried(message) : Outcome.STORED;
        } catch (Throwable fault) {
            faults.caught("voicemail-post", fault);
            return Outcome.WAITING;
        } finally {
            underWay.remove(message.file());
        }
    }

    private Outcome tried(Spooled message) {
        Voicemail opened;
        try (InputStream from = Files.newInputStream(message.file())) {
            opened = Voicemail.open(from, spool.keys(), message.organisation(), message.message());
        } catch (VoicemailBrokenException e) {
            return lost(message, e.getMessage());
        } catch (IOException e) {
            return later(message, "cannot be read: " + e.getClass().getSimpleName());
        }
        var name = new VoicemailName(
                message.organisation(), message.message(), opened.about().callId(), opened.about().recordedAt(), opened.length(),
                opened.ended(), opened.about().keptUntil());
        try {
            if (opened.length().toMillis() < opened.about().shortestMillis()) {
                Files.delete(message.file());
                return counted(Outcome.TOO_SHORT);
            }
            store.put(name.key(), message.file());
            if (!say.apply(new MessageRecorded(
                    name.call(), relay, name.message(), name.organisation(), name.recordedAt(), name.length().toMillis(), name.ended(),
                    name.keptUntil()))) {
                // The retry stores it under the same key again.
                return later(message, "is stored, but Kafka did not accept the event about it");
            }
            Files.delete(message.file());
        } catch (IOException e) {
            return later(message, e.getMessage());
        }
        LOG.infof("%s message %s of %d ms is stored", label(name.call()), name.message(), name.length().toMillis());
        return counted(Outcome.STORED);
    }

    private static String label(CallId call) {
        return CallLabel.of(call).toString();
    }

    private Outcome later(Spooled message, String why) {
        LOG.warnf("message %s is kept here and will be retried: %s", message.message(), why);
        return counted(Outcome.WAITING);
    }

    private Outcome lost(Spooled message, String why) {
        LOG.errorf("message %s is lost: %s", message.message(), why);
        try {
            spool.setAside(message);
        } catch (IOException e) {
            LOG.errorf("message %s could not be set aside: %s", message.message(), e.getClass().getSimpleName());
        }
        return counted(Outcome.LOST);
    }

    private Outcome counted(Outcome outcome) {
        counted.accept(outcome);
        return outcome;
    }

    @Override
    public void close() {
        store.close();
    }
}
