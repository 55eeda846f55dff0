package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import livekit.LivekitModels;

/** A room's data messages, from the moment that media is up. */
final class RoomData {

    private final RoomPeople people;
    private final RoomListener listener;
    private final ListenerQueue queue;
    private Optional<DataChannels> channels = Optional.empty();
    private int reliableSequence;

    RoomData(RoomPeople people, RoomListener listener, ListenerQueue queue) {
        this.people = people;
        this.listener = listener;
        this.queue = queue;
    }

    /** Opens the channels; they outlive an ICE restart, so that a second call changes nothing. */
    void start(MediaLoop loop, MediaTransport transport, RandomGenerator random, String logLabel) {
        if (channels.isEmpty()) {
            channels = Optional.of(new DataChannels(loop, transport, random, logLabel, this::received));
        }
    }

    void send(DataMessage message, Set<String> destinations, RoomInfo info) {
        DataChannels open = channels.orElseThrow(
                () -> new RtcException(RtcException.Kind.CLOSED, "data can be sent once the room is joined"));
        boolean reliable = DataPackets.reliable(message);
        int sequence = reliable ? ++reliableSequence : 0;
        open.send(DataPackets.encode(message, destinations, info.localIdentity(), info.localSid(), sequence), reliable);
    }

    /** What DTLS decrypted. */
    void feed(byte[] packet) {
        channels.ifPresent(open -> open.feed(packet));
    }

    void close() {
        channels.ifPresent(DataChannels::close);
    }

    private void received(LivekitModels.DataPacket packet, boolean reliable) {
        DataPackets.decode(packet, reliable).ifPresent(message -> {
            Optional<RemoteParticipant> sender = people.find(packet.getParticipantSid(), packet.getParticipantIdentity());
            queue.add(() -> listener.dataReceived(sender, message));
        });
    }
}
