package dev.trunkline.rtc.codec;

import java.util.Objects;

/** Argument checks shared by both implementations, so that neither fails with a bare error code. */
final class OpusLimits {

    /** Loss that an encoder with FEC initially assumes, in percent. */
    static final int INITIAL_LOSS_PERCENT = 10;

    /** More than any RTP packet carries; longer ones are not decoded. */
    static final int MAX_PACKET_BYTES = 4096;

    private OpusLimits() {}

    static int sampleRate(int rate) {
        return switch (rate) {
            case 8000, 12000, 16000, 24000, 48000 -> rate;
            default -> throw new IllegalArgumentException(
                    "Opus has no sample rate of " + rate + " Hz; use 8000, 12000, 16000, 24000 or 48000");
        };
    }

    static int bitrate(int bitrate) {
        return inRange("bitrate", bitrate, 6_000, 510_000);
    }

    static int complexity(int complexity) {
        return inRange("complexity", complexity, 0, 10);
    }

    static int lossPercent(int percent) {
        return inRange("expected loss", percent, 0, 100);
    }

    /** A frame to encode: 2.5, 5, 10, 20, 40 or 60 ms. */
    static void frame(int samples, int rate) {
        int units = samples * 400 / rate;
        boolean whole = samples > 0 && units * rate == samples * 400;
        if (!whole || !(units == 1 || units == 2 || units == 4 || units == 8 || units == 16 || units == 24)) {
            throw new IllegalArgumentException(
                    "A frame of " + samples + " samples at " + rate + " Hz is not 2.5, 5, 10, 20, 40 or 60 ms");
        }
    }

    /** A gap to fill: a multiple of 2.5 ms, at most 120 ms, that fits. */
    static void gap(int samples, int rate, short[] pcm) {
        int most = rate * OpusDecoder.MAX_PACKET_MILLIS / 1000;
        if (samples <= 0 || samples > most || samples * 400L % rate != 0) {
            throw new IllegalArgumentException(
                    "A gap of " + samples + " samples at " + rate + " Hz is not a multiple of 2.5 ms up to 120 ms");
        }
        if (samples > pcm.length) {
            throw new IllegalArgumentException("No room for " + samples + " samples in " + pcm.length);
        }
    }

    static void slice(int offset, int length, int size) {
        Objects.checkFromIndexSize(offset, length, size);
    }

    static IllegalArgumentException tooLong(short[] pcm) {
        return new IllegalArgumentException("The packet holds more than " + pcm.length
                + " samples; provide room for 120 ms");
    }

    private static int inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Opus " + what + " " + value + " is not between " + least + " and " + most);
        }
        return value;
    }
}
