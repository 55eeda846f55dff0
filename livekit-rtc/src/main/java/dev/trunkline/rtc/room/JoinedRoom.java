package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomStats;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The room as its user sees it: reads from any thread, and passes changes to the loop. */
final class JoinedRoom implements Room {

    private final RoomSession session;
    private final MediaLoop loop;

    JoinedRoom(RoomSession session, MediaLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    @Override
    public String name() {
        return session.info().name();
    }

    @Override
    public String sid() {
        return session.info().sid();
    }

    @Override
    public String metadata() {
        return session.info().metadata();
    }

    @Override
    public String localIdentity() {
        return session.info().localIdentity();
    }

    @Override
    public String localSid() {
        return session.info().localSid();
    }

    @Override
    public List<RemoteParticipant> participants() {
        return session.people().snapshot();
    }

    @Override
    public Optional<LocalAudioTrack> audio() {
        return session.audio();
    }

    @Override
    public CompletionStage<Void> setAttributes(Map<String, String> attributes) {
        Map<String, String> copy = Map.copyOf(attributes);
        return onLoop(done -> session.setAttributes(copy, done));
    }

    @Override
    public CompletionStage<Void> setSubscribed(String trackSid, boolean subscribed) {
        return onLoop(done -> session.setSubscribed(trackSid, subscribed, done));
    }

    @Override
    public CompletionStage<Void> sendData(DataMessage message, Set<String> destinationIdentities) {
        Set<String> destinations = Set.copyOf(destinationIdentities);
        return onLoop(done -> session.sendData(message, destinations, done));
    }

    @Override
    public CompletionStage<String> performRpc(
            String destinationIdentity, String method, String payload, Duration responseTimeout) {
        return onLoop(answer -> session.performRpc(destinationIdentity, method, payload, responseTimeout, answer));
    }

    @Override
    public RoomStats stats() {
        return session.stats();
    }

    @Override
    public MediaLoop loop() {
        return loop;
    }

    @Override
    public CompletionStage<Void> leave() {
        return session.leave(DisconnectReason.CLIENT_INITIATED);
    }

    /** Describes the path of the room's packets, with counters. */
    @Override
    public String toString() {
        return session.describe();
    }

    private interface LoopCall<T> {
        void run(CompletableFuture<T> done);
    }

    private <T> CompletionStage<T> onLoop(LoopCall<T> call) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                call.run(done);
            } catch (Throwable e) {
                // The caller is told; the loop is not involved.
                done.completeExceptionally(e);
            }
        };
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
        return done;
    }
}
