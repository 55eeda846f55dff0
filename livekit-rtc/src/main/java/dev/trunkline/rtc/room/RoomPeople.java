package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.sdp.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import livekit.LivekitModels;

/** The participants in the room and which of their tracks we receive; tells the listener about changes, in a logical order. */
final class RoomPeople {

    private final Roster roster = new Roster();
    private final Subscriptions subscriptions = new Subscriptions();
    private final RoomListener listener;
    private final ListenerQueue queue;
    private Map<String, String> ownAttributes = Map.of();
    private Consumer<RemoteParticipant> whenLeft = gone -> { };

    RoomPeople(RoomListener listener, ListenerQueue queue) {
        this.listener = listener;
        this.queue = queue;
    }

    /** Registers a callback for each participant that has left, run on the loop and before the listener. */
    void whenLeft(Consumer<RemoteParticipant> told) {
        whenLeft = told;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Readable on any thread. */
    List<RemoteParticipant> snapshot() {
        return roster.snapshot();
    }

    Optional<RemoteParticipant> find(String sid, String identity) {
        return roster.find(sid, identity);
    }

    /** Our own participant as the server has it. */
    void ourselves(LivekitModels.ParticipantInfo local) {
        Map<String, String> now = Map.copyOf(local.getAttributesMap());
        if (!now.equals(ownAttributes)) {
            ownAttributes = now;
            queue.add(() -> listener.localAttributes(now));
        }
    }

    private void ourselvesAmong(List<LivekitModels.ParticipantInfo> infos, String localSid) {
        infos.stream().filter(info -> !localSid.isEmpty() && info.getSid().equals(localSid)).forEach(this::ourselves);
    }

    /** Some participants have changed. */
    void update(List<LivekitModels.ParticipantInfo> infos, String localSid) {
        ourselvesAmong(infos, localSid);
        tell(roster.apply(infos, localSid));
    }

    /** Replaces the list of participants: these are all there are now. */
    void replace(List<LivekitModels.ParticipantInfo> everybody, String localSid) {
        ourselvesAmong(everybody, localSid);
        tell(roster.replace(everybody, localSid));
    }

    /** @param trackIds LiveKit's map from section to track */
    void answered(Answer answer, Map<String, String> trackIds) {
        subscriptions.answered(answer, trackIds);
        tell(List.of());
    }

    /** Tracks end before their participant does, and begin after it. */
    private void tell(List<Roster.Change> changes) {
        Subscriptions.Changes tracks = subscriptions.resolve(roster::track);
        tracks.removed().forEach(track -> queue.add(() -> listener.trackUnsubscribed(track)));
        for (Roster.Change change : changes) {
            if (change instanceof Roster.Change.Left(RemoteParticipant gone, DisconnectReason why)) {
                whenLeft.accept(gone);
            }
            queue.add(() -> {
                switch (change) {
                    case Roster.Change.Joined(RemoteParticipant who) -> listener.participantJoined(who);
                    case Roster.Change.Updated(RemoteParticipant who) -> listener.participantUpdated(who);
                    case Roster.Change.Left(RemoteParticipant who, DisconnectReason why) ->
                        listener.participantLeft(who, why);
                }
            });
        }
        tracks.added().forEach(track -> queue.add(() -> listener.trackSubscribed(track)));
    }
}
