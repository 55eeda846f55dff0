package dev.trunkline.router.messages;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MessageDeleted;
import dev.trunkline.events.MessageGone;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.voicemail.Voicemail;
import dev.trunkline.events.voicemail.VoicemailBrokenException;
import dev.trunkline.events.voicemail.VoicemailName;
import dev.trunkline.router.auth.Principal.Tenant;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * An organisation's messages. The object store is authoritative: the key of each message contains everything that a
 * list shows, and begins with the organisation, so that no other organisation's messages are looked at. An access is
 * recorded before the message is heard or deleted; if it cannot be recorded, it does not take place.
 */
public final class Messages {
    private static final Logger LOG = Logger.getLogger(Messages.class);
    /** The most messages of one organisation in one list. */
    static final int MOST = 1_000;
    /** The most that one {@link #sweep} checks. */
    private static final int MOST_SWEPT = 1_000_000;

    private final Optional<MessageStore> store;
    private final Transactions transactions;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final Clock clock;

    /** @param store empty if none is configured */
    public Messages(
            Optional<MessageStore> store, Transactions transactions, Envelopes envelopes, CallEventPublisher publisher, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Returns the messages, the oldest first. */
    List<MessageView> list(Tenant caller) {
        return asked(() -> there().objects().list(VoicemailName.of(caller.organisation().toString()), MOST).stream()
                .flatMap(key -> VoicemailName.parse(key).stream())
                .filter(this::isKept)
                .map(MessageView::of)
                .toList());
    }

    /** @return a WAV file */
    byte[] fetch(Tenant caller, UUID message) throws SQLException {
        VoicemailName name = find(caller, message);
        // Before the message is heard: an access that cannot be recorded is refused.
        write(caller, message, "fetched");
        return asked(() -> {
            try (InputStream sealed = there().objects().get(name.key()).orElseThrow(() -> unknown(message))) {
                return Voicemail.open(sealed, there().keys(), name.organisation(), name.message()).wav();
            }
        });
    }

    void delete(Tenant caller, UUID message) throws SQLException {
        VoicemailName name = find(caller, message);
        write(caller, message, "deleted");
        asked(() -> there().objects().delete(name.key()));
        say(name, MessageGone.DELETED);
    }

    List<MessageAccess> accesses(Tenant caller) throws SQLException {
        return transactions.<List<MessageAccess>, RuntimeException>asTenant(
                caller.organisation(), Actor.byApi(caller.subject()), MessageAccesses::latest);
    }

    /** Deletes the messages of all organisations whose retention has ended. */
    public void sweep() {
        if (store.isEmpty()) {
            return;
        }
        int gone = 0;
        try {
            for (String key : store.get().objects().list("", MOST_SWEPT)) {
                Optional<VoicemailName> expired = VoicemailName.parse(key).filter(name -> !isKept(name));
                if (expired.isPresent() && store.get().objects().delete(key)) {
                    say(expired.get(), MessageGone.EXPIRED);
                    gone++;
                }
            }
        } catch (IOException e) {
            LOG.warnf("expired messages will be searched for again later: %s", e.getMessage());
        }
        if (gone > 0) {
            LOG.infof("%d messages had expired and were deleted", gone);
        }
    }

    private VoicemailName find(Tenant caller, UUID message) {
        return asked(() -> there().objects().list(VoicemailName.of(caller.organisation().toString(), message), 1).stream()
                .flatMap(key -> VoicemailName.parse(key).stream())
                .filter(this::isKept)
                .findFirst()
                .orElseThrow(() -> unknown(message)));
    }

    private boolean isKept(VoicemailName name) {
        return name.keptUntil().isAfter(clock.instant());
    }

    private MessageStore there() {
        return store.orElseThrow(() -> Refused.unavailable(
                "Messages are not recorded here: the suite's operator has not set TRUNKLINE_VOICEMAIL_STORE."));
    }

    private void write(Tenant caller, UUID message, String what) throws SQLException {
        transactions.<Boolean, RuntimeException>asTenant(caller.organisation(), Actor.byApi(caller.subject()), connection -> {
            MessageAccesses.write(connection, caller.organisation(), message, what);
            return true;
        });
    }

    private void say(VoicemailName name, MessageGone why) {
        var deleted = new MessageDeleted(name.call(), name.message(), name.organisation(), why);
        publisher.publish(envelopes.once(deleted, name.message().toString(), Envelope.Owners.NONE)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.errorf("message %s was deleted, but the deletion could not be published: %s", name.message(), failure.getMessage());
            }
        });
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (VoicemailBrokenException e) {
            LOG.errorf("a message cannot be opened: %s", e.getMessage());
            throw Refused.unavailable("The message cannot be opened: " + e.getMessage() + ".");
        } catch (IOException e) {
            LOG.warnf("the message store could not be used: %s", e.getMessage());
            throw Refused.unavailable("The message store cannot be reached: try again.");
        }
    }

    private static Refused unknown(UUID message) {
        return Refused.unknown("There is no message " + message + "; GET /messages lists them.");
    }
}
