package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import livekit.LivekitModels;

/** A room's data messages, from the moment media is up. */
final class RoomData {

    private final RoomPeople people;
    private final RoomListener listener;
    private final ListenerQueue queue;
    private Optional<DataChannels> channels = Optional.empty();
    private final RoomRpc rpc;
    private int reliableSequence;

    /** @param info our participant in the room */
    RoomData(
            RoomPeople people, RoomListener listener, ListenerQueue queue, MediaLoop loop, Supplier<RoomInfo> info, String logLabel) {
        this.people = people;
        this.listener = listener;
        this.queue = queue;
        this.rpc = new RoomRpc(loop, listener, queue, (packet, to) -> sendReliably(packet, to, info.get()), this::sender, logLabel);
        people.whenLeft(rpc::left);
    }

    /** Opens the channels; they outlive an ICE restart, so a second call changes nothing. */
    void start(MediaLoop loop, MediaTransport transport, RandomGenerator random, String logLabel) {
        if (channels.isEmpty()) {
            channels = Optional.of(new DataChannels(loop, transport, random, logLabel, this::received));
        }
    }

    void send(DataMessage message, Set<String> destinations, RoomInfo info) {
        DataChannels open = open();
        boolean reliable = DataPackets.reliable(message);
        int sequence = reliable ? ++reliableSequence : 0;
        open.send(DataPackets.encode(message, destinations, info.localIdentity(), info.localSid(), sequence), reliable);
    }

    private void sendReliably(LivekitModels.DataPacket.Builder packet, String destination, RoomInfo info) {
        DataChannels open = open();
        open.send(packet.setParticipantIdentity(info.localIdentity()).setParticipantSid(info.localSid())
                .addDestinationIdentities(destination).setSequence(++reliableSequence).build(), true);
    }

    private DataChannels open() {
        return channels.orElseThrow(
                () -> new RtcException(RtcException.Kind.CLOSED, "data can only be sent once the room is joined"));
    }

    RoomRpc rpc() {
        return rpc;
    }

    /** Processes data that DTLS decrypted. */
    void feed(byte[] packet) {
        channels.ifPresent(open -> open.feed(packet));
    }

    void close() {
        try {
            rpc.close();
        } finally {
            channels.ifPresent(DataChannels::close);
        }
    }

    private Optional<RemoteParticipant> sender(LivekitModels.DataPacket packet) {
        return people.find(packet.getParticipantSid(), packet.getParticipantIdentity());
    }

    private void received(LivekitModels.DataPacket packet, boolean reliable) {
        rpc.received(packet);
        Optional<RemoteParticipant> sender = sender(packet);
        DataPackets.decode(packet, reliable).ifPresent(message -> {
            queue.add(() -> listener.dataReceived(sender, message));
        });
    }
}
