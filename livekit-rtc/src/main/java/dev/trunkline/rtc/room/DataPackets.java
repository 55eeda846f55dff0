package dev.trunkline.rtc.room;

import com.google.protobuf.ByteString;
import dev.trunkline.rtc.DataMessage;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels;

/** Converts between our data messages and LiveKit's packets. Pure. */
final class DataPackets {

    private DataPackets() {
    }

    static boolean reliable(DataMessage message) {
        return switch (message) {
            case DataMessage.UserData user -> user.reliable();
            case DataMessage.SipDtmf dtmf -> true;
        };
    }

    /** @param sequence counts reliable packets from 1, so that the server can recognise a resent one; 0 for lossy ones */
    static LivekitModels.DataPacket encode(
            DataMessage message, Set<String> destinations, String identity, String participantSid, int sequence) {
        LivekitModels.DataPacket.Builder packet = LivekitModels.DataPacket.newBuilder()
                .setParticipantIdentity(identity)
                .setParticipantSid(participantSid)
                .addAllDestinationIdentities(destinations)
                .setSequence(sequence);
        switch (message) {
            case DataMessage.UserData(String topic, byte[] payload, boolean reliable) -> {
                LivekitModels.UserPacket.Builder user =
                        LivekitModels.UserPacket.newBuilder().setPayload(ByteString.copyFrom(payload));
                if (!topic.isEmpty()) {
                    user.setTopic(topic);
                }
                packet.setUser(user);
            }
            case DataMessage.SipDtmf(int code, String digit) ->
                packet.setSipDtmf(LivekitModels.SipDTMF.newBuilder().setCode(code).setDigit(digit));
        }
        return packet.build();
    }

    /** Returns empty for kinds of packets that this library does not support. */
    static Optional<DataMessage> decode(LivekitModels.DataPacket packet, boolean reliable) {
        return switch (packet.getValueCase()) {
            case USER -> Optional.of(new DataMessage.UserData(
                    packet.getUser().getTopic(), packet.getUser().getPayload().toByteArray(), reliable));
            case SIP_DTMF -> Optional.of(new DataMessage.SipDtmf(
                    packet.getSipDtmf().getCode(), packet.getSipDtmf().getDigit()));
            default -> Optional.empty();
        };
    }
}
