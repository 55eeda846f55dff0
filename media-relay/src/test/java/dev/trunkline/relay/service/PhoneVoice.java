package dev.trunkline.relay.service;

import dev.trunkline.relay.g722.G722Decoder;
import dev.trunkline.relay.g722.G722Encoder;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A phone's codec: speaks on one thread, and decodes received packets on any. */
final class PhoneVoice {
    private final PhoneCodec codec;
    private final int rate;
    private final G722Encoder g722 = new G722Encoder();
    private Optional<OpusEncoder> opus = Optional.empty();

    PhoneVoice(PhoneCodec codec) {
        this.codec = codec;
        this.rate = codec == PhoneCodec.OPUS ? 48_000 : codec.sampleRate();
    }

    int payloadType() {
        return switch (codec) {
            case PCMU -> 0;
            case PCMA -> 8;
            case G722 -> 9;
            case OPUS -> 96;
        };
    }

    /**
     * @param second frequency of a second tone, 0 for none
     * @param index number of the packet; all packets have the same length
     */
    byte[] say(double hertz, double second, int index, int millis) {
        int samples = rate / 1_000 * millis;
        short[] pcm = Tone.pcm(hertz, rate, (long) index * samples, samples);
        if (second > 0) {
            short[] other = Tone.pcm(second, rate, (long) index * samples, samples);
            for (int i = 0; i < samples; i++) {
                pcm[i] += other[i];
            }
        }
        byte[] payload = new byte[1_500];
        int length = switch (codec) {
            case PCMU -> g711(G711.PCMU, pcm, payload);
            case PCMA -> g711(G711.PCMA, pcm, payload);
            case G722 -> g722.encode(pcm, 0, samples, payload, 0);
            case OPUS -> {
                if (opus.isEmpty()) {
                    opus = Optional.of(OpusCodec.detect().encoder(rate, 32_000, 5, true));
                }
                yield opus.get().encode(pcm, 0, samples, payload, 0);
            }
        };
        return Arrays.copyOf(payload, length);
    }

    private static int g711(G711 law, short[] pcm, byte[] payload) {
        law.encode(pcm, 0, pcm.length, payload, 0);
        return pcm.length;
    }

    /** Returns a tone's share in consecutive packets, 0.0 to 1.0. */
    double share(List<byte[]> packets, double hertz) {
        short[] pcm = new short[rate * 4];
        int samples = 0;
        switch (codec) {
            case PCMU, PCMA -> {
                for (byte[] packet : packets) {
                    codec.law().orElseThrow().decode(packet, 0, packet.length, pcm, samples);
                    samples += packet.length;
                }
            }
            case G722 -> {
                var decoder = new G722Decoder();
                for (byte[] packet : packets) {
                    samples += decoder.decode(packet, 0, packet.length, pcm, samples);
                }
            }
            case OPUS -> {
                short[] one = new short[rate * 120 / 1_000];
                try (OpusDecoder decoder = OpusCodec.detect().decoder(rate)) {
                    for (byte[] packet : packets) {
                        int written = decoder.decode(packet, 0, packet.length, one);
                        System.arraycopy(one, 0, pcm, samples, written);
                        samples += written;
                    }
                }
            }
        }
        // A decoder that starts in the middle of a stream needs a moment to settle.
        return Tone.share(Arrays.copyOfRange(pcm, Math.min(samples, rate / 10), samples), rate, hertz);
    }
}
