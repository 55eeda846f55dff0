package dev.trunkline.rtc.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Opus by the machine's libopus.
 *
 * <p>Each codec has its own arena with its state, a packet and a frame; a call copies in, calls libopus, copies out
 * and allocates nothing.
 */
final class LibOpusCodec implements OpusCodec {
    private static final int MAX_ENCODED_MILLIS = 60;
    private static final int APPLICATION_VOIP = 2048;
    private static final int SET_BITRATE = 4002;
    private static final int SET_COMPLEXITY = 4010;
    private static final int SET_INBAND_FEC = 4012;
    private static final int SET_PACKET_LOSS_PERCENT = 4014;
    private static final int OK = 0;
    private static final int BUFFER_TOO_SMALL = -2;

    private final LibOpus lib;

    LibOpusCodec(LibOpus lib) {
        this.lib = lib;
    }

    @Override
    public String name() {
        return lib.version();
    }

    @Override
    public OpusDecoder decoder(int sampleRate) {
        return new Decoder(lib, OpusLimits.sampleRate(sampleRate));
    }

    @Override
    public OpusEncoder encoder(int sampleRate, int bitrate, int complexity, boolean fec) {
        return new Encoder(lib, OpusLimits.sampleRate(sampleRate), OpusLimits.bitrate(bitrate),
                OpusLimits.complexity(complexity), fec);
    }

    private static final class Decoder implements OpusDecoder {
        private final Confinement confinement = new Confinement("Opus decoder");
        private final Arena arena = Arena.ofConfined();
        private final LibOpus lib;
        private final int sampleRate;
        private final int mostSamples;
        private final MemorySegment state;
        private final MemorySegment in;
        private final MemorySegment out;

        Decoder(LibOpus lib, int sampleRate) {
            this.lib = lib;
            this.sampleRate = sampleRate;
            this.mostSamples = sampleRate * MAX_PACKET_MILLIS / 1000;
            try {
                state = arena.allocate((int) lib.decoderSize.invokeExact(1), 16);
                check("decoder", (int) lib.decoderInit.invokeExact(state, sampleRate, 1));
            } catch (Throwable e) {
                arena.close();
                throw LibOpus.failed(e);
            }
            in = arena.allocate(OpusLimits.MAX_PACKET_BYTES);
            out = arena.allocate(JAVA_SHORT, mostSamples);
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int decode(byte[] packet, int offset, int length, short[] pcm) {
            confinement.check();
            return decode(packet, offset, length, pcm, Math.min(pcm.length, mostSamples), 0);
        }

        @Override
        public int conceal(short[] pcm, int samples) {
            confinement.check();
            OpusLimits.gap(samples, sampleRate, pcm);
            return call(MemorySegment.NULL, 0, pcm, samples, 0);
        }

        @Override
        public int decodeFec(byte[] packet, int offset, int length, short[] pcm, int samples) {
            confinement.check();
            OpusLimits.gap(samples, sampleRate, pcm);
            return decode(packet, offset, length, pcm, samples, 1);
        }

        private int decode(byte[] packet, int offset, int length, short[] pcm, int samples, int fec) {
            OpusLimits.slice(offset, length, packet.length);
            if (!OpusPacket.isValid(packet, offset, length)) {
                return INVALID_PACKET;
            }
            MemorySegment.copy(packet, offset, in, JAVA_BYTE, 0, length);
            return call(in, length, pcm, samples, fec);
        }

        private int call(MemorySegment packet, int length, short[] pcm, int samples, int fec) {
            int decoded;
            try {
                decoded = (int) lib.decode.invokeExact(state, packet, length, out, samples, fec);
            } catch (Throwable e) {
                throw LibOpus.failed(e);
            }
            if (decoded == BUFFER_TOO_SMALL) {
                throw OpusLimits.tooLong(pcm);
            }
            if (decoded < 0) {
                return INVALID_PACKET;
            }
            MemorySegment.copy(out, JAVA_SHORT, 0, pcm, 0, decoded);
            return decoded;
        }

        @Override
        public void close() {
            if (confinement.close()) {
                arena.close();
            }
        }
    }

    private static final class Encoder implements OpusEncoder {
        private final Confinement confinement = new Confinement("Opus encoder");
        private final Arena arena = Arena.ofConfined();
        private final LibOpus lib;
        private final int sampleRate;
        private final MemorySegment state;
        private final MemorySegment in;
        private final MemorySegment out;

        Encoder(LibOpus lib, int sampleRate, int bitrate, int complexity, boolean fec) {
            this.lib = lib;
            this.sampleRate = sampleRate;
            try {
                state = arena.allocate((int) lib.encoderSize.invokeExact(1), 16);
                check("encoder", (int) lib.encoderInit.invokeExact(state, sampleRate, 1, APPLICATION_VOIP));
                set(SET_BITRATE, bitrate);
                set(SET_COMPLEXITY, complexity);
                set(SET_INBAND_FEC, fec ? 1 : 0);
                set(SET_PACKET_LOSS_PERCENT, fec ? OpusLimits.INITIAL_LOSS_PERCENT : 0);
            } catch (Throwable e) {
                arena.close();
                throw LibOpus.failed(e);
            }
            in = arena.allocate(JAVA_SHORT, sampleRate * MAX_ENCODED_MILLIS / 1000);
            out = arena.allocate(OpusLimits.MAX_PACKET_BYTES);
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
            MemorySegment.copy(pcm, offset, in, JAVA_SHORT, 0, samples);
            int encoded;
            try {
                encoded = (int) lib.encode.invokeExact(state, in, samples, out, room);
            } catch (Throwable e) {
                throw LibOpus.failed(e);
            }
            if (encoded < 0) {
                throw new IllegalArgumentException("The Opus frame does not fit in " + room + " bytes");
            }
            MemorySegment.copy(out, JAVA_BYTE, 0, packet, packetOffset, encoded);
            return encoded;
        }

        @Override
        public void expectLoss(int percent) {
            confinement.check();
            OpusLimits.lossPercent(percent);
            try {
                set(SET_PACKET_LOSS_PERCENT, percent);
            } catch (Throwable e) {
                throw LibOpus.failed(e);
            }
        }

        private void set(int request, int value) throws Throwable {
            check("setting " + request, (int) lib.encoderCtl.invokeExact(state, request, value));
        }

        @Override
        public void close() {
            if (confinement.close()) {
                arena.close();
            }
        }
    }

    private static void check(String what, int result) {
        if (result != OK) {
            throw new IllegalStateException("libopus refused " + what + " with error " + result);
        }
    }
}
