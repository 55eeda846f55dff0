package dev.trunkline.rtc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.rtp.ReceptionStats;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.AnswerSection;

/** Which track each received SSRC carries, from the answers. Pure. */
final class Subscriptions {

    /** One received stream. */
    static final class Stream {
        private final long ssrc;
        private final RemoteAudioTrack track;
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

        /** The clock is known from the first packet on; a publisher that changes its codec begins new statistics. */
        void received(int sequence, long timestamp, int clockRate, long nanos) {
            if (stats.isEmpty() || stats.get().clockRate() != clockRate) {
                stats = Optional.of(new ReceptionStats(ssrc, clockRate));
            }
            stats.get().received(sequence, timestamp, nanos);
        }
    }

    /** What an answer changed. */
    record Changes(List<RemoteAudioTrack> added, List<RemoteAudioTrack> removed) {
    }

    private final Map<String, RemoteAudioTrack> tracks = new LinkedHashMap<>();
    private Stream[] streams = new Stream[0];
    private Optional<Stream> last = Optional.empty();

    /**
     * @param trackIds LiveKit's map from section to track
     * @param known    finds what else is known of a track
     */
    Changes answered(Answer answer, Map<String, String> trackIds, Function<String, Optional<RemoteAudioTrack>> known) {
        Map<String, RemoteAudioTrack> now = new LinkedHashMap<>();
        List<Stream> streamsNow = new ArrayList<>();
        for (AnswerSection section : answer.sections()) {
            String trackSid = trackIds.getOrDefault(section.mid(), section.trackId().orElse(""));
            if (section.serverSends() && !section.ssrcs().isEmpty() && !trackSid.isEmpty()) {
                RemoteAudioTrack track = known.apply(trackSid).or(() -> Optional.ofNullable(tracks.get(trackSid)))
                        .orElseGet(() -> new RemoteAudioTrack(trackSid, "", "", "", ""));
                now.put(trackSid, track);
                section.ssrcs().forEach(ssrc -> streamsNow.add(kept(ssrc, track)));
            }
        }
        List<RemoteAudioTrack> added = now.values().stream().filter(track -> !tracks.containsKey(track.sid())).toList();
        List<RemoteAudioTrack> removed = tracks.values().stream().filter(track -> !now.containsKey(track.sid())).toList();
        tracks.clear();
        tracks.putAll(now);
        use(streamsNow);
        return new Changes(added, removed);
    }

    /** The publisher took the track away; the server's next answer will say so too. */
    Optional<RemoteAudioTrack> remove(String trackSid) {
        RemoteAudioTrack track = tracks.remove(trackSid);
        if (track != null) {
            List<Stream> rest = new ArrayList<>(List.of(streams));
            rest.removeIf(stream -> stream.track().sid().equals(trackSid));
            use(rest);
        }
        return Optional.ofNullable(track);
    }

    /** The tracks that are subscribed to now. */
    List<RemoteAudioTrack> tracks() {
        return List.copyOf(tracks.values());
    }

    List<Stream> streams() {
        return List.of(streams);
    }

    /** Nearly always the stream of the packet before; rooms with a phone in them have few others. */
    Optional<Stream> find(long ssrc) {
        if (last.isPresent() && last.get().ssrc == ssrc) {
            return last;
        }
        for (Stream stream : streams) {
            if (stream.ssrc == ssrc) {
                last = Optional.of(stream);
                return last;
            }
        }
        return Optional.empty();
    }

    private Stream kept(long ssrc, RemoteAudioTrack track) {
        for (Stream stream : streams) {
            if (stream.ssrc == ssrc && stream.track.equals(track)) {
                return stream;
            }
        }
        return new Stream(ssrc, track);
    }

    private void use(List<Stream> now) {
        streams = now.toArray(Stream[]::new);
        last = Optional.empty();
    }
}
