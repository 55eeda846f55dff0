package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.SpeakerQueue;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.rtp.RtpView;

/**
 * The phone's audio as samples, in the order and at the pace in which it was spoken: packets wait in a jitter buffer as those of the room
 * do, losses are concealed, and gaps are filled with silence. Lives on the media loop.
 */
public final class PhoneTap implements AutoCloseable {
    /** Receives the audio. Is called on the media loop, so it must not block. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Receives 20 ms.
         *
         * @param samples {@code sampleRate / 50} from index 0, valid until this returns
         * @param sampleRate 8000 or 16000, the same each time
         */
        void frame(short[] samples, int sampleRate);
    }

    private final PhoneSide phone;
    private final Codecs codecs;
    private final Sink sink;
    private final int sampleRate;
    private final short[] nothing;
    private PhoneCodec codec;
    private SpeakerQueue queue;
    private long ssrc = -1;

    PhoneTap(PhoneSide phone, Codecs codecs, Sink sink) {
        this.phone = phone;
        this.codecs = codecs;
        this.sink = sink;
        this.codec = phone.media().codec();
        this.sampleRate = codec.sampleRate();
        this.nothing = new short[Mixer.frame(sampleRate)];
        this.queue = queue();
    }

    private SpeakerQueue queue() {
        return new SpeakerQueue(codec.clockRate(), codecs.ofPhone(codec, sampleRate));
    }

    /** Takes a packet of the phone's audio. */
    void packet(RtpView header, byte[] buffer, long nowNanos) {
        if (phone.media().codec() != codec) {
            codec = phone.media().codec();
            queue.close();
            queue = queue();
        }
        if (header.ssrc() != ssrc) {
            ssrc = header.ssrc();
            queue.clear();
        }
        queue.put(header.sequence(), header.timestamp(), buffer, header.payloadOffset(), header.payloadLength(), nowNanos);
    }

    void beat(long nowNanos) {
        if (queue.draw(nowNanos)) {
            sink.frame(queue.frame(), sampleRate);
            queue.taken();
        } else {
            sink.frame(nothing, sampleRate);
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
