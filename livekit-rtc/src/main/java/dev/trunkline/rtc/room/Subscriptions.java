package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.rtp.ReceptionStats;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.AnswerSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Maps each received SSRC to its track, from the answers and the tracks that participants publish. Pure. */
final class Subscriptions {

    /** One received stream. */
    static final class Stream {
        private final long ssrc;
        private final RemoteAudioTrack track;
        private final Optional<Stream> found = Optional.of(this);
        private Optional<ReceptionStats> stats = Optional.empty();

        Stream(long ssrc, RemoteAudioTrack track) {
            this.ssrc = ssrc;
            this.track = track;
        }

        RemoteAudioTrack track() {
            return track;
        }

        Optional<ReceptionStats> stats() {
            return stats;
        }

        /** The clock rate is known from the first packet on; if a publisher changes its codec, new statistics begin. */
        void received(int sequence, long timestamp, int clockRate, long nanos) {
            if (stats.isEmpty() || stats.get().clockRate() != clockRate) {
                stats = Optional.of(new ReceptionStats(clockRate));
            }
            stats.get().received(ssrc, sequence, timestamp, nanos);
        }
    }

    /** The tracks that were added and removed. */
    record Changes(List<RemoteAudioTrack> added, List<RemoteAudioTrack> removed) {
    }

    private Map<String, List<Long>> answered = Map.of();
    private Map<String, RemoteAudioTrack> tracks = Map.of();
    private Stream[] streams = new Stream[0];
    private Optional<Stream> last = Optional.empty();

    /**
     * Sets what the server sends from now on; {@link #resolve} returns what that changed.
     *
     * @param trackIds LiveKit's map from section to track
     */
    void answered(Answer answer, Map<String, String> trackIds) {
        Map<String, List<Long>> now = new LinkedHashMap<>();
        for (AnswerSection section : answer.sections()) {
            String trackSid = trackIds.getOrDefault(section.mid(), section.trackId().orElse(""));
            if (section.serverSends() && !section.ssrcs().isEmpty() && !trackSid.isEmpty()) {
                now.put(trackSid, section.ssrcs());
            }
        }
        answered = now;
    }

    /**
     * A track counts as subscribed when both the last answer and its publisher have it: either may be announced first,
     * and a section outlives a publisher that has left.
     *
     * @param published looks up a track among those currently published
     */
    Changes resolve(Function<String, Optional<RemoteAudioTrack>> published) {
        Map<String, RemoteAudioTrack> now = new LinkedHashMap<>();
        List<Stream> streamsNow = new ArrayList<>();
        answered.forEach((trackSid, ssrcs) -> published.apply(trackSid).ifPresent(track -> {
            now.put(trackSid, track);
            ssrcs.forEach(ssrc -> streamsNow.add(kept(ssrc, track)));
        }));
        Map<String, RemoteAudioTrack> before = tracks;
        tracks = now;
        streams = streamsNow.toArray(Stream[]::new);
        last = Optional.empty();
        return new Changes(
                now.values().stream().filter(track -> !before.containsKey(track.sid())).toList(),
                before.values().stream().filter(track -> !now.containsKey(track.sid())).toList());
    }

    List<Stream> streams() {
        return List.of(streams);
    }

    /** Nearly always the stream of the previous packet; rooms with a phone in them have few others. */
    Optional<Stream> find(long ssrc) {
        if (last.isPresent() && last.get().ssrc == ssrc) {
            return last;
        }
        for (Stream stream : streams) {
            if (stream.ssrc == ssrc) {
                last = stream.found;
                return last;
            }
        }
        return Optional.empty();
    }

    private Stream kept(long ssrc, RemoteAudioTrack track) {
        for (Stream stream : streams) {
            if (stream.ssrc == ssrc && stream.track.sid().equals(track.sid())) {
                return stream;
            }
        }
        return new Stream(ssrc, track);
    }
}
