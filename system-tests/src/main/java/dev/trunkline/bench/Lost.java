package dev.trunkline.bench;

import dev.trunkline.events.MediaStats;
import dev.trunkline.phone.MediaReport;
import java.util.List;
import java.util.Optional;

/** RTP packets that did not arrive, by their sequence numbers. */
record Lost(long lost, long received) {
    double percent() {
        return lost + received == 0 ? 0 : 100.0 * lost / (lost + received);
    }

    /** Returns the loss from the suite to the phones. @return empty if there were no packets */
    static Optional<Lost> ofPhones(List<MediaReport> heard) {
        return heard.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lost(
                        heard.stream().mapToLong(MediaReport::packetsLost).sum(),
                        heard.stream().mapToLong(MediaReport::packetsReceived).sum()));
    }

    /** Returns the loss from the phones to the suite, from the last events of the calls. @return empty if none has come */
    static Optional<Lost> ofRelay(CallTimelines timelines) {
        List<MediaStats> counted = timelines.calls().stream().flatMap(call -> call.media().stream()).toList();
        return counted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lost(
                        counted.stream().mapToLong(MediaStats::lost).sum(),
                        counted.stream().mapToLong(MediaStats::packetsReceived).sum()));
    }
}
