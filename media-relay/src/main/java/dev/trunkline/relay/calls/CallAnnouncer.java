package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.sounds.UnusableSoundException;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.sounds.Announcer;
import dev.trunkline.relay.sounds.SoundLibrary;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Plays announcements to one caller, one after the other, and publishes the outcome of each. {@link #play} may be called by any thread, the
 * rest in the call's queue.
 */
final class CallAnnouncer implements Announcer {
    private static final Logger LOG = Logger.getLogger(CallAnnouncer.class);
    private static final String CALL_ENDED = "the call ended first";

    /** A requested announcement. */
    private record Wish(Announcement what, CompletableFuture<Played> played) {}

    /** The announcement that is being played. */
    private record Telling(Wish wish, String language, Instant since) {}

    private final CallContext context;
    private final CallRouted route;
    private final CallMedia media;
    private final CallVoice voice;
    private final SerialQueue queue;
    private final Queue<Wish> wishes = new ArrayDeque<>();
    private Optional<Telling> telling = Optional.empty();
    private boolean closed;

    CallAnnouncer(CallContext context, CallRouted route, CallMedia media, CallVoice voice, SerialQueue queue) {
        this.context = context;
        this.route = route;
        this.media = media;
        this.voice = voice;
        this.queue = queue;
    }

    /** @param what if it states no language, the language of the route's configuration is used */
    @Override
    public CompletionStage<Played> play(Announcement what) {
        var wish = new Wish(what, new CompletableFuture<>());
        queue.execute(() -> {
            wishes.add(wish);
            next();
        });
        return wish.played.copy();
    }

    private void next() {
        if (closed) {
            wishes.forEach(wish -> wish.played.complete(new Played(false, CALL_ENDED)));
            wishes.clear();
        } else if (telling.isEmpty() && !wishes.isEmpty()) {
            begin(wishes.remove());
        }
    }

    private void begin(Wish wish) {
        String wanted = wish.what.language().isEmpty() ? route.config().path("language").asText("") : wish.what.language();
        Optional<SoundLibrary.Found> found = context.sounds().find(route.organisation().id(), wish.what.name(), wanted);
        var begun = new Telling(wish, found.map(SoundLibrary.Found::language).orElse(wanted), context.clock().instant());
        telling = Optional.of(begun);
        if (found.isEmpty()) {
            over(begun, 0, "there is no sound " + wish.what.name());
            return;
        }
        context.threads().execute(() -> {
            try {
                Recording recording = context.sounds().decoded(found.get().sound());
                queue.execute(() -> tell(begun, recording));
            } catch (UnusableSoundException e) {
                queue.execute(() -> over(begun, 0, "the sound file cannot be played: " + e.getMessage()));
            } catch (Throwable fault) {
                context.guards().faults().caught("announcement", fault);
                queue.execute(() -> over(begun, 0, "the sound file could not be decoded"));
            }
        });
    }

    private void tell(Telling begun, Recording recording) {
        if (isCurrent(begun)) {
            LOG.infof("%s announcing %s %s", CallLabel.of(route), begun.wish.what.name(), begun.language);
            media.announce(recording, millis -> queue.execute(() -> over(begun, millis, "")));
        }
    }

    private boolean isCurrent(Telling begun) {
        return telling.filter(current -> current == begun).isPresent();
    }

    /** @param why it was not played to its end; empty if it was */
    private void over(Telling ended, long millis, String why) {
        if (!isCurrent(ended)) {
            return;
        }
        telling = Optional.empty();
        boolean complete = why.isEmpty();
        if (complete) {
            LOG.infof("%s announced %s in %d ms", CallLabel.of(route), ended.wish.what.name(), millis);
        } else {
            LOG.warnf("%s announcement %s was not played to its end: %s", CallLabel.of(route), ended.wish.what.name(), why);
        }
        context.metrics().announced(complete, millis > 0);
        try {
            voice.say(new CallAnnounced(
                    route.callId(), context.relay(), ended.wish.what.name(), ended.language, ended.since, millis, complete, why));
        } finally {
            ended.wish.played.complete(new Played(complete, why));
            next();
        }
    }

    /** The call is over; an announcement that is playing is cut off. */
    void close() {
        closed = true;
        telling.ifPresent(current -> over(current, media.announcedMillis(), CALL_ENDED));
        next();
    }
}
