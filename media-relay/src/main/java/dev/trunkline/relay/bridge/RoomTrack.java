package dev.trunkline.relay.bridge;

import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import java.util.Optional;

/**
 * The caller's track in the room: one continuous numbering, even where the phone changes its codec in the middle of the
 * call and another uplink counts anew. (SRTP takes a number that comes again for a replay.) Lives on the media loop.
 */
final class RoomTrack {
    private final LocalAudioTrack track;
    private Optional<SequenceMapper> numbering = Optional.empty();
    private int uplink;
    private long nowNanos;

    RoomTrack(LocalAudioTrack track) {
        this.track = track;
    }

    AudioCodec codec() {
        return track.codec();
    }

    /** From now on another uplink sends, by its own numbers. */
    void anotherUplink() {
        uplink++;
    }

    /** The time of the packets that follow. */
    void at(long nanos) {
        nowNanos = nanos;
    }

    void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        if (numbering.isEmpty()) {
            numbering = Optional.of(new SequenceMapper(sequence, timestamp, codec().clockRate()));
        }
        SequenceMapper numbers = numbering.get();
        long arrival = nowNanos / 1_000 * (codec().clockRate() / 1_000) / 1_000;
        Outcome outcome = numbers.map(uplink, sequence, timestamp, arrival);
        if (outcome != Outcome.DROP) {
            track.send(
                    numbers.sequence(), numbers.timestamp(), marker || outcome == Outcome.RESTARTED, payload, offset, length);
        }
    }
}
