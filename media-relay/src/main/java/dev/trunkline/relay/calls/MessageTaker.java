package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.voicemail.VoicemailAbout;
import dev.trunkline.events.voicemail.VoicemailTerms;
import dev.trunkline.relay.audio.Beeper;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.sounds.Announcer;
import dev.trunkline.relay.voicemail.MessageRecorder;
import dev.trunkline.relay.voicemail.MessageRecorder.Recorded;
import dev.trunkline.relay.voicemail.MessageWatch;
import dev.trunkline.relay.voicemail.Voicemails;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes a message from one caller. Used in the call's queue only; the stages that it returns complete there.
 *
 * <pre>
 *   greeting --played, or not there--> signal --over--> recording --key, silence, longest--> kept, and stored
 *                                                          `--the call ends--> the same; an agent came: nothing is kept
 * </pre>
 *
 * Meanwhile the phone hears neither the room nor the waiting sound, and the room does not hear what is recorded.
 */
final class MessageTaker {
    private static final Logger LOG = Logger.getLogger(MessageTaker.class);
    /** Played if the sound that the step names is not there. */
    static final String USUAL_GREETING = "voicemail";
    /** Played if nothing could be recorded. */
    static final String APOLOGY = "voicemail-unavailable";
    private static final String END_KEY = "#";
    /** Time for the store to accept it before the call ends; if it expires, the message is kept and retried. */
    private static final long MOST_SECONDS_TO_STORE = 3;

    /** The outcome. */
    enum Taken {
        LEFT, NOTHING_SAID, FAILED
    }

    private final CallContext context;
    private final CallRouted route;
    private final CallMedia media;
    private final Announcer announcer;
    private final SerialQueue queue;
    private final VoicemailTerms terms;
    private final CompletableFuture<Taken> taken = new CompletableFuture<>();
    private Optional<MessageRecorder> recorder = Optional.empty();
    private boolean taking;
    private boolean closed;

    MessageTaker(CallContext context, CallRouted route, CallMedia media, Announcer announcer, SerialQueue queue) {
        this.context = context;
        this.route = route;
        this.media = media;
        this.announcer = announcer;
        this.queue = queue;
        this.terms = VoicemailTerms.of(route.config());
    }

    /** Returns whether messages are taken from this call; otherwise nothing is recorded. */
    boolean isOn() {
        if (terms.messages() && context.voicemails().isEmpty()) {
            LOG.warnf(
                    "%s its number takes messages, but this relay has no store for them: set TRUNKLINE_VOICEMAIL_STORE",
                    CallLabel.of(route));
        }
        return terms.messages() && context.voicemails().isPresent();
    }

    /**
     * Takes the message. Call once.
     *
     * @param greeting name of the sound that asks for a message
     * @param language of the sound, if it exists in several; empty for that of the number
     */
    CompletionStage<Taken> take(String greeting, String language) {
        taking = true;
        media.listen(true);
        Optional<String> sound = there(greeting).or(() -> there(USUAL_GREETING));
        if (sound.isEmpty()) {
            record();
        } else {
            announcer.play(new Announcement(sound.get(), language)).whenComplete((played, fault) -> queue.execute(() -> record()));
        }
        return taken;
    }

    private Optional<String> there(String name) {
        return context.sounds().find(route.organisation().id(), name, "").map(found -> name);
    }

    private void record() {
        if (closed || !taking) {
            return;
        }
        Voicemails voicemails = context.voicemails().orElseThrow();
        UUID message = timed(context.clock().millis());
        LOG.infof("%s is recording message %s", CallLabel.of(route), message);
        var disk = new SerialQueue(context.threads(), fault -> context.guards().faults().caught("voicemail-disk", fault));
        var one = new MessageRecorder(
                new MessageWatch(terms),
                rate -> voicemails.spool().begin(
                        route.organisation().id(), message,
                        new VoicemailAbout(
                                route.callId(), context.clock().instant(), rate, (int) terms.keep().toDays(), (int) terms.shortest().toMillis())),
                disk, why -> queue.execute(() -> end(why)));
        recorder = Optional.of(one);
        media.beep(Beeper.Signal.SPEAK);
        media.record(Optional.of(one::frame));
    }

    /** Returns a UUIDv7 (RFC 9562 section 5.7): messages are listed in order of time. */
    private UUID timed(long millis) {
        return new UUID(
                millis << 16 | 0x7000L | context.random().nextLong() & 0xFFFL, 0x8000_0000_0000_0000L | context.random().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    }

    private void end(MessageEnd why) {
        if (!taking || recorder.isEmpty()) {
            return;
        }
        MessageRecorder one = recorder.get();
        stop();
        one.end(why).whenComplete((recorded, fault) -> keep(why, recorded).whenComplete((done, late) -> queue.execute(() -> {
            media.listen(false);
            Taken result = recorded.file().isPresent() ? Taken.LEFT : recorded.failed() ? Taken.FAILED : Taken.NOTHING_SAID;
            if (result == Taken.FAILED && !closed && there(APOLOGY).isPresent()) {
                announcer.play(new Announcement(APOLOGY, "")).whenComplete((played, no) -> queue.execute(() -> taken.complete(result)));
            } else {
                taken.complete(result);
            }
        })));
    }

    /** Stores what there is; on another thread, because it may block. */
    private CompletionStage<Void> keep(MessageEnd why, Recorded recorded) {
        String what = recorded.file().isPresent() ? "left" : recorded.failed() ? "failed" : "nothing-said";
        LOG.infof("%s its message has ended (%s): %s", CallLabel.of(route), why.code(), what);
        if (recorded.file().isEmpty()) {
            context.metrics().message(what);
            return CompletableFuture.completedFuture(null);
        }
        Path file = recorded.file().get();
        return CompletableFuture.runAsync(() -> context.voicemails().orElseThrow().post().one(file), context.threads())
                .orTimeout(MOST_SECONDS_TO_STORE, TimeUnit.SECONDS);
    }

    /** @return whether the key is for this message only */
    boolean takes(DtmfKey key) {
        if (taking && key.digit().equals(END_KEY)) {
            end(MessageEnd.KEY);
        }
        return taking;
    }

    private void stop() {
        taking = false;
        recorder = Optional.empty();
        media.record(Optional.empty());
    }

    /** Somebody has the caller after all: nothing is kept. */
    void giveUp() {
        if (taking) {
            recorder.ifPresent(MessageRecorder::discard);
            stop();
            media.listen(false);
        }
    }

    /** The call is over; what was said is kept. */
    void close() {
        closed = true;
        recorder.ifPresent(one -> one.end(MessageEnd.HUNG_UP).whenComplete((recorded, fault) -> keep(MessageEnd.HUNG_UP, recorded)));
        stop();
    }
}
