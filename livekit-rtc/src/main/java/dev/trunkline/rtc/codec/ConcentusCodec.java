package dev.trunkline.rtc.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;

/** Opus in pure Java, by Concentus. */
final class ConcentusCodec implements OpusCodec {

    @Override
    public String name() {
        return "Concentus";
    }

    @Override
    public OpusDecoder decoder(int sampleRate) {
        return new Decoder(OpusLimits.sampleRate(sampleRate));
    }

    @Override
    public OpusEncoder encoder(int sampleRate, int bitrate, int complexity, boolean fec) {
        return new Encoder(OpusLimits.sampleRate(sampleRate), OpusLimits.bitrate(bitrate),
                OpusLimits.complexity(complexity), fec);
    }

    /**
     * Decodes at 48 kHz, whatever rate is requested, and downsamples from there: at any lower rate Concentus 1.0.2 returns silence for
     * hybrid packets (SILK and CELT together, which browsers send).
     */
    private static final class Decoder implements OpusDecoder {
        private static final int NATIVE_RATE = 48_000;

        private final Confinement confinement = new Confinement("Opus decoder");
        private final int sampleRate;
        private final int step;
        private final short[] decoded = new short[NATIVE_RATE * MAX_PACKET_MILLIS / 1000];
        private final Downsampler downsampler;
        private final io.github.jaredmdobson.concentus.OpusDecoder state;

        Decoder(int sampleRate) {
            this.sampleRate = sampleRate;
            this.step = NATIVE_RATE / sampleRate;
            this.downsampler = new Downsampler(sampleRate, decoded.length);
            try {
                state = new io.github.jaredmdobson.concentus.OpusDecoder(NATIVE_RATE, 1);
            } catch (OpusException e) {
                throw new IllegalStateException("Concentus could not create a decoder", e);
            }
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int decode(byte[] packet, int offset, int length, short[] pcm) {
            confinement.check();
            OpusLimits.slice(offset, length, packet.length);
            if (!OpusPacket.isValid(packet, offset, length)) {
                return INVALID_PACKET;
            }
            if (OpusPacket.samples(packet, offset, length, sampleRate) > pcm.length) {
                throw OpusLimits.tooLong(pcm);
            }
            return decode(packet, offset, length, pcm, decoded.length, false);
        }

        @Override
        public int conceal(short[] pcm, int samples) {
            confinement.check();
            OpusLimits.gap(samples, sampleRate, pcm);
            // Concentus takes a null packet to mean that one was lost.
            int concealed = decode(null, 0, 0, pcm, samples * step, false);
            if (concealed == INVALID_PACKET) {
                Arrays.fill(pcm, 0, samples, (short) 0);
                return samples;
            }
            return concealed;
        }

        @Override
        public int decodeFec(byte[] packet, int offset, int length, short[] pcm, int samples) {
            confinement.check();
            OpusLimits.gap(samples, sampleRate, pcm);
            OpusLimits.slice(offset, length, packet.length);
            if (!OpusPacket.isValid(packet, offset, length)) {
                return INVALID_PACKET;
            }
            return decode(packet, offset, length, pcm, samples * step, true);
        }

        private int decode(byte[] packet, int offset, int length, short[] pcm, int samples, boolean fec) {
            int count;
            try {
                count = state.decode(packet, offset, length, decoded, 0, samples, fec);
            } catch (OpusException | RuntimeException e) {
                // Hostile bytes cause a checked exception or, deep inside, an index out of bounds.
                state.resetState();
                return INVALID_PACKET;
            }
            if (step == 1) {
                System.arraycopy(decoded, 0, pcm, 0, count);
                return count;
            }
            return downsampler.process(decoded, count, pcm);
        }

        @Override
        public void close() {
            confinement.close();
        }
    }

    private static final class Encoder implements OpusEncoder {
        private final Confinement confinement = new Confinement("Opus encoder");
        private final int sampleRate;
        private final io.github.jaredmdobson.concentus.OpusEncoder state;

        Encoder(int sampleRate, int bitrate, int complexity, boolean fec) {
            this.sampleRate = sampleRate;
            try {
                state = new io.github.jaredmdobson.concentus.OpusEncoder(
                        sampleRate, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            } catch (OpusException e) {
                throw new IllegalStateException("Concentus could not create an encoder for " + sampleRate + " Hz", e);
            }
            state.setBitrate(bitrate);
            state.setComplexity(complexity);
            state.setUseInbandFEC(fec);
            state.setPacketLossPercent(fec ? OpusLimits.INITIAL_LOSS_PERCENT : 0);
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int encode(short[] pcm, int offset, int samples, byte[] packet, int packetOffset) {
            confinement.check();
            OpusLimits.frame(samples, sampleRate);
            OpusLimits.slice(offset, samples, pcm.length);
            OpusLimits.slice(packetOffset, 1, packet.length);
            int room = Math.min(packet.length - packetOffset, OpusLimits.MAX_PACKET_BYTES);
            try {
                return state.encode(pcm, offset, samples, packet, packetOffset, room);
            } catch (OpusException | RuntimeException e) {
                throw new IllegalArgumentException("The Opus frame does not fit in " + room + " bytes", e);
            }
        }

        @Override
        public void expectLoss(int percent) {
            confinement.check();
            state.setPacketLossPercent(OpusLimits.lossPercent(percent));
        }

        @Override
        public void close() {
            confinement.close();
        }
    }
}
