package dev.trunkline.relay.room;

import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Brings a caller into a room: finds an identity that nobody there has, joins, retries once under another identity (the
 * server pins an identity whose media failed to TCP), and sets the room's metadata. Thread-safe.
 */
public final class RoomJoiner {
    private static final Logger LOG = Logger.getLogger(RoomJoiner.class);
    private static final String SUFFIX_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int SUFFIX_LENGTH = 5;

    private final LiveKitRtc rtc;
    private final LiveKitAddress liveKit;
    private final RoomTokens tokens;
    private final RoomService service;
    private final RandomGenerator random;

    public RoomJoiner(
            LiveKitRtc rtc, LiveKitAddress liveKit, RoomTokens tokens, RoomService service, RandomGenerator random) {
        this.rtc = rtc;
        this.liveKit = liveKit;
        this.tokens = tokens;
        this.service = service;
        this.random = random;
    }

    /** Does in advance what would delay the first call: the connection to the room service, tokens. Blocks for a moment. */
    public void warmUp() {
        var nobody = new SipParticipant("nobody", "nobody", "", Map.of());
        tokens.join("warm-up", "nobody", nobody, "{}");
        service.isPresent("warm-up", "nobody").toCompletableFuture().join();
    }

    /**
     * What to enter.
     *
     * @param label prefix of log lines about the room, {@code call=<id>}
     * @param metadata the room's, if it has none yet
     * @param mustExist whether the room must not be created for the visit
     * @param agentsWait whether agents wait in the room already: it gets its metadata before the caller enters, as in rooms that agents
     *     enter after the caller
     * @param replaces LiveKit's id of a participant whose place is taken: one whose relay is lost, and for which LiveKit still waits
     */
    public record Visit(
            String label, String room, SipParticipant participant, String metadata, PhoneCodec codec, boolean mustExist,
            boolean agentsWait, Optional<String> replaces) {}

    /**
     * Checks whether the visit can begin: fails with a {@link RoomMissingException} if the room must exist and does not, and with another
     * exception if LiveKit does not respond.
     */
    public CompletionStage<Void> check(Visit visit) {
        return roomOf(visit).thenAccept(room -> {});
    }

    /** Returns the id of the room that must exist; empty if any will do. */
    private CompletionStage<Optional<String>> roomOf(Visit visit) {
        return visit.mustExist()
                ? service.sid(visit.room()).thenApply(sid -> Optional.of(sid.orElseThrow(RoomMissingException::new)))
                : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * Enters the room. Fails with a {@link RoomMissingException} as {@link #check} does.
     *
     * @param listeners creates a listener for each attempt, so that a failed attempt's events are not taken for the next one's
     */
    public CompletionStage<Room> enter(Visit visit, MediaLoop loop, Supplier<RoomListener> listeners) {
        return roomOf(visit).thenCompose(expected ->
                enterAny(visit, loop, listeners)
                        .thenApply(room -> withMetadata(visit, expected(visit, expected, room))));
    }

    /** The room may have been deleted between the check and the join, which then created another of that name. */
    private static Room expected(Visit visit, Optional<String> expected, Room room) {
        if (expected.isPresent() && !expected.get().equals(room.sid())) {
            LOG.infof("%s the room disappeared while it was being joined", visit.label());
            room.leave();
            throw new RoomMissingException();
        }
        return room;
    }

    private CompletionStage<Room> enterAny(Visit visit, MediaLoop loop, Supplier<RoomListener> listeners) {
        if (visit.replaces().isPresent()) {
            return replacing(visit, visit.replaces().get()).thenCompose(replaced -> replaced.isPresent()
                    ? join(visit, replaced.get(), loop, listeners.get())
                    : enterBesideOthers(visit, loop, listeners));
        }
        return enterBesideOthers(visit, loop, listeners);
    }

    /** Returns the identity of the participant whose place is taken; empty if it is no longer in the room. */
    private CompletionStage<Optional<String>> replacing(Visit visit, String sid) {
        return service.participants(visit.room()).thenApply(there ->
                there.stream().filter(one -> one.sid().equals(sid)).map(RemoteParticipant::identity).findFirst());
    }

    private CompletionStage<Room> enterBesideOthers(Visit visit, MediaLoop loop, Supplier<RoomListener> listeners) {
        String identity = visit.participant().identity();
        CompletionStage<Void> told = visit.agentsWait() ? tellThoseWhoWait(visit) : CompletableFuture.completedStage(null);
        return service.isPresent(visit.room(), identity).thenCombine(told, (taken, done) -> taken).thenCompose(taken ->
                join(visit, taken ? another(identity) : identity, loop, listeners.get())
                        .handle((room, failure) -> failure == null
                                ? CompletableFuture.completedFuture(room)
                                : again(visit, loop, listeners, failure))
                        .thenCompose(stage -> stage));
    }

    /** An agent reads the room's metadata when the caller has come. Never fails: without it the call continues. */
    private CompletionStage<Void> tellThoseWhoWait(Visit visit) {
        return service.setMetadata(visit.room(), visit.metadata()).exceptionally(failure -> {
            notSet(visit, failure);
            return null;
        });
    }

    /** Returns who is in the room, including those that LiveKit has not announced to us there yet. Fails if LiveKit does not respond. */
    public CompletionStage<List<RemoteParticipant>> whoIsThere(Visit visit) {
        return service.participants(visit.room());
    }

    /**
     * Enters the same room once more.
     *
     * @param identity under which to enter; empty for one that nobody has had yet
     */
    public CompletionStage<Room> enterAgain(Visit visit, Optional<String> identity, MediaLoop loop, RoomListener listener) {
        return roomOf(visit)
                .thenCompose(expected -> join(visit, identity.orElseGet(() -> another(visit.participant().identity())), loop, listener)
                        .thenApply(room -> withMetadata(visit, expected(visit, expected, room))));
    }

    private CompletionStage<Room> again(Visit visit, MediaLoop loop, Supplier<RoomListener> listeners, Throwable failure) {
        LOG.warnf("%s joining the room failed, trying once more: %s", visit.label(), failure.getMessage());
        return join(visit, another(visit.participant().identity()), loop, listeners.get());
    }

    private CompletionStage<Room> join(Visit visit, String identity, MediaLoop loop, RoomListener listener) {
        String token = tokens.join(visit.room(), identity, visit.participant(), visit.metadata());
        var track = new AudioPublication("phone", preferred(visit.codec()));
        return rtc.join(
                JoinRequest.of(liveKit.url(), token).publishing(track).withLogLabel(visit.label()), loop, listener);
    }

    /** The phone's own codec costs nothing, the other law a table, Opus an encoder; but only Opus keeps wideband audio. */
    private static List<AudioCodec> preferred(PhoneCodec codec) {
        return switch (codec) {
            case PCMU -> List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS);
            case PCMA -> List.of(AudioCodec.PCMA, AudioCodec.PCMU, AudioCodec.OPUS);
            case G722, OPUS -> List.of(AudioCodec.OPUS, AudioCodec.PCMU, AudioCodec.PCMA);
        };
    }

    /** Whoever created the room first, for example the dispatcher, may have left its metadata to us. */
    private Room withMetadata(Visit visit, Room room) {
        try {
            if (room.metadata().isBlank()) {
                service.setMetadata(visit.room(), visit.metadata()).whenComplete((done, failure) -> {
                    if (failure != null) {
                        notSet(visit, failure);
                    }
                });
            }
        } catch (Throwable fault) {
            // The room is joined: the caller of this method must get it, or nobody would ever leave it.
            notSet(visit, fault);
        }
        return room;
    }

    private static void notSet(Visit visit, Throwable failure) {
        LOG.warnf("%s the room's metadata could not be set: %s", visit.label(), failure.getMessage());
    }

    private String another(String identity) {
        var suffix = new StringBuilder("_");
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(SUFFIX_CHARACTERS.charAt(random.nextInt(SUFFIX_CHARACTERS.length())));
        }
        return identity + suffix;
    }
}
