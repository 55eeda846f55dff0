package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MessageRecorded;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.voicemail.VoicemailPost;
import dev.trunkline.relay.voicemail.VoicemailSpool;
import dev.trunkline.relay.voicemail.Voicemails;
import dev.trunkline.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Creates the store and the spool of messages from the settings. */
final class VoicemailSetup {
    private static final Logger LOG = Logger.getLogger(VoicemailSetup.class);
    private static final long MOST_SECONDS_TO_SAY = 20;

    private VoicemailSetup() {}

    /** @throws IllegalArgumentException that says which setting is wrong and what to set it to */
    static Optional<Voicemails> of(
            RelaySettings settings, CallEventPublisher publisher, Envelopes envelopes, RelayMetrics metrics, ContainedFaults faults,
            SecureRandom random) {
        RelaySettings.Voicemail said = settings.voicemail();
        Optional<VoicemailKeys> keys = VoicemailKeys.parse(said.key(), said.keysAlso());
        Optional<String> store = said.store().filter(text -> !text.isBlank());
        if (keys.isPresent() != store.isPresent()) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_VOICEMAIL_KEY and TRUNKLINE_VOICEMAIL_STORE belong together: set both, or neither if no"
                    + " messages are to be taken");
        }
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        var spool = new VoicemailSpool(Path.of(said.spool(), settings.instance()), keys.get(), random);
        try {
            spool.recover();
        } catch (IOException e) {
            LOG.errorf("the message spool cannot be read: %s", e.getClass().getSimpleName());
        }
        var post = new VoicemailPost(
                spool,
                new StoreAddress(store.get(), said.endpoint(), said.region(), said.accessKey(), said.secretKey()).open(),
                settings.instance(), recorded -> say(publisher, envelopes, settings.instance(), recorded),
                outcome -> metrics.message(outcome.code()), faults);
        metrics.watchMessages(post::waiting);
        return Optional.of(new Voicemails(spool, post));
    }

    private static boolean say(CallEventPublisher publisher, Envelopes envelopes, String relay, MessageRecorded recorded) {
        try {
            publisher.publish(envelopes.once(recorded, recorded.message().toString(), Envelope.Owners.NONE.withRelay(relay)))
                    .toCompletableFuture().get(MOST_SECONDS_TO_SAY, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }
}
