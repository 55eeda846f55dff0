package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.rtp.AudioLevels;
import dev.trunkline.rtc.rtp.RtpWriter;

/** The caller's track in a room, reduced to its packets: each is written with number, level and payload. */
abstract class WrittenTrack implements LocalAudioTrack {
    private final RtpWriter writer = new RtpWriter(0xcafe, 1);
    private final byte[] packet = new byte[1_500];

    /** @param packet with room after its content for what encryption adds */
    abstract void written(byte[] packet, int length);

    @Override
    public String sid() {
        return "TR_caller";
    }

    @Override
    public AudioCodec codec() {
        return AudioCodec.PCMU;
    }

    @Override
    public void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        send(sequence, timestamp, marker, payload, offset, length, AudioLevels.of(codec(), payload, offset, length));
    }

    @Override
    public void send(
            int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length, int audioLevel) {
        int begin = writer.header(packet, 0, marker, sequence, timestamp, audioLevel);
        System.arraycopy(payload, offset, packet, begin, length);
        written(packet, begin + length);
    }
}
