package dev.trunkline.relay.sounds;

import dev.trunkline.events.sounds.SoundFile;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import java.util.Arrays;

/** Decodes a sound's file into what is played to phones. Takes up to a second for the longest, so it must not run on a media loop. */
final class SoundDecoder {
    private static final int WIDE = 16_000;
    private static final double DECIBELS_IN_A_UNIT_OF_GAIN = 1 / 256.0;

    private final OpusCodec opus;

    SoundDecoder(OpusCodec opus) {
        this.opus = opus;
    }

    Recording decode(SoundFile file) {
        return switch (file) {
            case SoundFile.Wav wav -> Recording.ofPcm(pcm(wav), wav.sampleRate());
            case SoundFile.OggOpus ogg -> Recording.ofPcm(pcm(ogg), WIDE);
        };
    }

    private static short[] pcm(SoundFile.Wav wav) {
        short[] pcm = new short[wav.count()];
        switch (wav.samples()) {
            case PCM16 -> {
                for (int i = 0; i < pcm.length; i++) {
                    int at = wav.from() + 2 * i;
                    pcm[i] = (short) (wav.file()[at] & 0xff | wav.file()[at + 1] << 8);
                }
            }
            case A_LAW -> G711.PCMA.decode(wav.file(), wav.from(), pcm.length, pcm, 0);
            case MU_LAW -> G711.PCMU.decode(wav.file(), wav.from(), pcm.length, pcm, 0);
        }
        return pcm;
    }

    /** Conceals a packet that the decoder rejects, so the packets behind it keep their places. */
    private short[] pcm(SoundFile.OggOpus ogg) {
        int third = SoundFile.OggOpus.CLOCK / WIDE;
        int skip = ogg.skip() / third;
        int wanted = skip + ogg.heard() / third;
        short[] pcm = new short[wanted];
        short[] packet = new short[WIDE * OpusDecoder.MAX_PACKET_MILLIS / 1_000];
        int at = 0;
        try (OpusDecoder decoder = opus.decoder(WIDE)) {
            for (byte[] coded : ogg.packets()) {
                if (at >= wanted) {
                    break;
                }
                int decoded = decoder.decode(coded, 0, coded.length, packet);
                int samples = decoded > 0 ? decoded : decoder.conceal(packet, WIDE / 50);
                System.arraycopy(packet, 0, pcm, at, Math.min(Math.max(0, samples), wanted - at));
                at += Math.max(0, samples);
            }
        }
        return amplified(Arrays.copyOfRange(pcm, skip, wanted), ogg.gain());
    }

    private static short[] amplified(short[] pcm, int gain) {
        if (gain != 0) {
            double factor = Math.pow(10, gain * DECIBELS_IN_A_UNIT_OF_GAIN / 20);
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) Math.clamp(Math.round(pcm[i] * factor), Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }
        return pcm;
    }
}
