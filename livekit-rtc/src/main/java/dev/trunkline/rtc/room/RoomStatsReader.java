package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RoomStats;
import dev.trunkline.rtc.rtp.ReportBlock;
import java.time.Duration;
import java.util.Optional;

/** Collects a room's counters, each of which may be read on any thread. */
final class RoomStatsReader {

    private static final RoomStats.Sent NOTHING_SENT = new RoomStats.Sent(0, 0, 0, 0, 0, Duration.ZERO);

    private RoomStatsReader() {
    }

    static RoomStats read(
            Optional<PublishedTrack> track, AudioReceiver receiver, Reports reports, MediaTransport transport) {
        Reports.Reception reception = reports.reception();
        return new RoomStats(
                track.map(RoomStatsReader::sent).orElse(NOTHING_SENT),
                new RoomStats.Received(receiver.packets(), receiver.octets(), reception.lost(), reception.loss(),
                        seconds(reception.jitterSeconds())),
                reports.roundTrip(),
                new RoomStats.Dropped(transport.foreign(), transport.undecrypted(), transport.malformed(),
                        transport.undelivered()));
    }

    private static RoomStats.Sent sent(PublishedTrack track) {
        ReportBlock report = track.lastReport();
        return new RoomStats.Sent(track.packets(), track.octets(), track.failures(), report.cumulativeLost(),
                report.fractionLost() / 256.0, seconds((double) report.jitter() / track.codec().clockRate()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
