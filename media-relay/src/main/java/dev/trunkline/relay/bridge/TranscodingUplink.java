package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.FrameDecoder;
import dev.trunkline.relay.audio.FrameEncoder;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.rtc.rtp.Octets;
import java.util.Arrays;

/**
 * Decodes the phone's packets and encodes them for the room: one packet per 20 ms. Late packets are dropped, because a codec
 * cannot go back; a loss appears to the room as a gap.
 */
final class TranscodingUplink implements RoomUplink {
    private final FrameDecoder decoder;
    private final int phoneClock;
    private final FrameEncoder encoder;
    private final int roomClock;
    private final int frame;
    private final short[] pcm;
    private final byte[] packet = new byte[PhoneStream.MOST_PAYLOAD];
    private boolean any;
    private int lastIn;
    private long lastTimestampIn;
    private int out;
    private long timestampOut;

    /** Takes a decoder and an encoder of the same sample rate, made on the media loop; both are closed with this. */
    TranscodingUplink(FrameDecoder decoder, int phoneClock, FrameEncoder encoder, int roomClock) {
        this.decoder = decoder;
        this.phoneClock = phoneClock;
        this.encoder = encoder;
        this.roomClock = roomClock;
        this.frame = Mixer.frame(encoder.sampleRate());
        this.pcm = new short[FrameDecoder.MOST_SAMPLES + frame];
    }

    @Override
    public void send(
            RoomTrack track, int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        int ahead = any ? Octets.sequenceDistance(sequence, lastIn) : 1;
        if (ahead <= 0) {
            return;
        }
        int samples = decoder.decode(payload, offset, length, pcm, 0);
        int frames = Math.max(1, (samples + frame - 1) / frame);
        if (any) {
            timestampOut += (long) Octets.timestampDistance(timestamp, lastTimestampIn) * roomClock / phoneClock;
        } else {
            timestampOut = timestamp * roomClock / phoneClock;
        }
        any = true;
        lastIn = sequence;
        lastTimestampIn = timestamp;
        out += (ahead - 1) * frames;
        for (int from = 0; from < samples; from += frame) {
            long at = timestampOut + (long) from * roomClock / encoder.sampleRate();
            int encoded = encode(from, Math.min(frame, samples - from));
            track.send(out++ & 0xffff, at & 0xffffffffL, marker && from == 0, packet, 0, encoded);
        }
    }

    /** Codecs accept 10 and 20 ms, but not all accept lengths in between. */
    private int encode(int from, int samples) {
        int whole = samples <= frame / 2 ? frame / 2 : frame;
        if (samples < whole) {
            Arrays.fill(pcm, from + samples, from + whole, (short) 0);
        }
        return encoder.encode(pcm, from, whole, packet, 0);
    }

    @Override
    public void close() {
        decoder.close();
        encoder.close();
    }
}
