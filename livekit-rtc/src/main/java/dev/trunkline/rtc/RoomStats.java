package dev.trunkline.rtc;

import java.time.Duration;
import java.util.Optional;

/**
 * Counters of one room since its join. The counters of a packet's path are those of its nodes, in the order of the path.
 *
 * @param sent      what we sent, and what the server reported about it
 * @param received  what we received, over all tracks
 * @param roundTrip from RTCP (RFC 3550 section 6.4.1), or from ICE checks as long as no report has come
 * @param dropped   packets that were not used, by reason
 */
public record RoomStats(Sent sent, Received received, Optional<Duration> roundTrip, Dropped dropped) {

    /**
     * @param packets        RTP packets sent
     * @param octets         their payload octets
     * @param failures       packets that the socket or the cipher refused
     * @param reportedLost   cumulative loss in the last receiver report about our track
     * @param reportedLoss   fraction lost in it, 0.0 to 1.0
     * @param reportedJitter interarrival jitter in it
     */
    public record Sent(
            long packets, long octets, long failures, long reportedLost, double reportedLoss, Duration reportedJitter) {
    }

    /**
     * @param packets RTP packets received and decrypted
     * @param octets  their payload octets
     * @param lost    packets that never arrived, by RFC 3550 appendix A.3; duplicates may make it negative
     * @param loss    fraction lost in the last report interval, 0.0 to 1.0, of the worst track
     * @param jitter  interarrival jitter of the worst track, RFC 3550 appendix A.8
     */
    public record Received(long packets, long octets, long lost, double loss, Duration jitter) {
    }

    /**
     * @param foreign     from an address that is not a candidate of the server, or of a protocol not known here
     * @param undecrypted SRTP or SRTCP that failed authentication or was replayed
     * @param malformed   decrypted, but not RTP or RTCP
     * @param unknownSsrc RTP of no known track
     */
    public record Dropped(long foreign, long undecrypted, long malformed, long unknownSsrc) {
    }
}
