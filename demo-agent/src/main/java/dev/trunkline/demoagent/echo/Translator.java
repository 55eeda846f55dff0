package dev.trunkline.demoagent.echo;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import dev.trunkline.rtc.codec.OpusEncoder;

/** Transcodes payloads from one codec to another, if the caller's track and ours use different ones. Confined to one thread. */
interface Translator extends AutoCloseable {
    /** Most bytes that a translation writes. */
    int MOST_BYTES = OpusEncoder.MAX_FRAME_BYTES;

    /** @return bytes written to {@code out}; 0 if the payload cannot be translated */
    int translate(byte[] in, int offset, int length, byte[] out);

    @Override
    default void close() {}

    /** @param from must differ from {@code to} */
    static Translator between(AudioCodec from, AudioCodec to, OpusCodec opus) {
        if (from == AudioCodec.OPUS) {
            return new FromOpus(opus.decoder(AudioCodec.PCMU.clockRate()), law(to));
        }
        return to == AudioCodec.OPUS
                ? new ToOpus(law(from), opus.encoder(to.clockRate(), 32_000, 5, false))
                : (in, offset, length, out) -> {
                    if (length > out.length) {
                        return 0;
                    }
                    law(from).cross(in, offset, length, out, 0);
                    return length;
                };
    }

    private static G711 law(AudioCodec codec) {
        return switch (codec) {
            case PCMU -> G711.PCMU;
            case PCMA -> G711.PCMA;
            case OPUS -> throw new IllegalArgumentException("Opus is not G.711");
        };
    }

    /** Decodes at 8 kHz. */
    record FromOpus(OpusDecoder decoder, G711 law, short[] pcm) implements Translator {
        FromOpus(OpusDecoder decoder, G711 law) {
            this(decoder, law, new short[decoder.sampleRate() * OpusDecoder.MAX_PACKET_MILLIS / 1000]);
        }

        @Override
        public int translate(byte[] in, int offset, int length, byte[] out) {
            int samples = decoder.decode(in, offset, length, pcm);
            if (samples <= 0 || samples > out.length) {
                return 0;
            }
            law.encode(pcm, 0, samples, out, 0);
            return samples;
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    /** Encodes at 48 kHz, as LiveKit's SDKs do: five samples are interpolated linearly between two samples of G.711. */
    final class ToOpus implements Translator {
        private static final int SAMPLES_OF_10_MS = 80;
        private static final int MOST_SAMPLES = SAMPLES_OF_10_MS * 6;
        private static final int TIMES = 6;

        private final G711 law;
        private final OpusEncoder encoder;
        private final short[] pcm = new short[MOST_SAMPLES * TIMES];
        private int last;

        /** @param encoder at 48 kHz, closed with this */
        ToOpus(G711 law, OpusEncoder encoder) {
            this.law = law;
            this.encoder = encoder;
        }

        @Override
        public int translate(byte[] in, int offset, int length, byte[] out) {
            // Opus frames are 10, 20, 40 or 60 ms; a packet of another length is not telephony.
            if (length % SAMPLES_OF_10_MS != 0 || length > MOST_SAMPLES || length == 0 || length == 240 || length == 400) {
                return 0;
            }
            for (int i = 0; i < length; i++) {
                int sample = law.decode(in[offset + i]);
                for (int step = 1; step <= TIMES; step++) {
                    pcm[TIMES * i + step - 1] = (short) (last + (sample - last) * step / TIMES);
                }
                last = sample;
            }
            return encoder.encode(pcm, 0, TIMES * length, out, 0);
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
