package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.JitterBuffer;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.SpeakerQueue;
import dev.trunkline.relay.rtp.PacketRate;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RtpPacket;
import java.util.Optional;

/** One audio track of the room as the phone hears it. Its queue and decoder are created when they are needed. */
final class Speaker implements AutoCloseable {
    private final String trackSid;
    private final Codecs codecs;
    private final int sampleRate;
    private final PacketRate rate = new PacketRate(PacketRate.AUDIO);
    private final Steadiness steadiness = new Steadiness();
    private Optional<SpeakerQueue> queue = Optional.empty();
    private Optional<AudioCodec> queueCodec = Optional.empty();
    private long ssrc = -1;
    private long lastPacketNanos;

    /** @param sampleRate in which the phone's audio is mixed */
    Speaker(String trackSid, Codecs codecs, int sampleRate, long nowNanos) {
        this.trackSid = trackSid;
        this.codecs = codecs;
        this.sampleRate = sampleRate;
        this.lastPacketNanos = nowNanos;
    }

    String trackSid() {
        return trackSid;
    }

    long lastPacketNanos() {
        return lastPacketNanos;
    }

    /** Returns the detector of a track that has stopped although it makes no pauses. */
    Steadiness steadiness() {
        return steadiness;
    }

    /** Returns whether to accept a packet of the track that arrives now; if not, the track sends more than any codec needs. */
    boolean takes(long nowNanos) {
        return rate.takes(nowNanos);
    }

    /** Counts each accepted packet of the track, before anything else is done with it. */
    void heard(RtpPacket packet, long nowNanos) {
        lastPacketNanos = nowNanos;
        steadiness.packet(packet.codec().orElse(null) == AudioCodec.OPUS, nowNanos);
        if (packet.ssrc() != ssrc) {
            ssrc = packet.ssrc();
            clear();
        }
    }

    /** @return false if the packet came too late or twice */
    boolean enqueue(RtpPacket packet, AudioCodec codec, long nowNanos) {
        if (queueCodec.isEmpty() || queueCodec.get() != codec) {
            close();
            queue = Optional.of(new SpeakerQueue(codec.clockRate(), codecs.ofRoom(codec, sampleRate)));
            queueCodec = Optional.of(codec);
        }
        var put = queue.get().put(
                packet.sequence(), packet.timestamp(), packet.buffer(), packet.payloadOffset(), packet.payloadLength(),
                nowNanos);
        return put == JitterBuffer.Put.STORED;
    }

    /** Adds this speaker's part of the frame, if there is any. */
    void addTo(Mixer mixer, long nowNanos) {
        if (queue.isPresent() && queue.get().draw(nowNanos)) {
            mixer.add(queue.get().frame(), 0);
            queue.get().taken();
        }
    }

    /** Drops what was not played yet. */
    void clear() {
        if (queue.isPresent()) {
            queue.get().clear();
        }
    }

    @Override
    public void close() {
        queue.ifPresent(SpeakerQueue::close);
        queue = Optional.empty();
        queueCodec = Optional.empty();
    }
}
