package dev.trunkline.relay.bridge;

import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import java.util.Optional;

/**
 * The caller's track in the room: one continuous numbering, even if the phone changes its codec during the call and another
 * uplink starts its own numbering. (SRTP takes a repeated number for a replay.) Lives on the media loop.
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

    /** Another uplink sends from now on, with its own numbering. */
    void anotherUplink() {
        uplink++;
    }

    /** Sets the time of the packets that follow. */
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
