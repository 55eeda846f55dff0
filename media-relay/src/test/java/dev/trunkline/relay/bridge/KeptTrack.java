package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A track that keeps its packets and, like a real one, accepts no packet that is too long for a network. */
final class KeptTrack implements LocalAudioTrack {
    record Sent(int sequence, long timestamp, boolean marker, byte[] payload) {}

    final List<Sent> sent = new ArrayList<>();
    private final AudioCodec codec;

    KeptTrack(AudioCodec codec) {
        this.codec = codec;
    }

    @Override
    public String sid() {
        return "TR_1";
    }

    @Override
    public AudioCodec codec() {
        return codec;
    }

    @Override
    public void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        if (length > 1_400) {
            throw new IllegalArgumentException("a payload of " + length + " octets does not fit into one packet");
        }
        sent.add(new Sent(sequence, timestamp, marker, Arrays.copyOfRange(payload, offset, offset + length)));
    }

    @Override
    public void send(
            int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length, int audioLevel) {
        send(sequence, timestamp, marker, payload, offset, length);
    }
}
