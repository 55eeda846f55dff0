package dev.trunkline.relay.rtp;

import dev.trunkline.rtc.rtp.Octets;
import java.net.InetSocketAddress;

/**
 * Where a phone's stream was last, to recognise it when it continues from another source: the same SSRC, sequence numbers that follow those
 * received, and nothing more from the old source. Both numbers are drawn at random (RFC 3550 section 5.1), so only somebody who receives
 * the stream can continue it. Not thread-safe.
 *
 * <pre>
 *   heard --silent for half a second, and a few packets in order from one other source--> goes on there
 *     ^ `---------------------a packet from where it came----------------------.
 *     `------------------------------------------------------------------------'
 * </pre>
 */
final class StreamTrace {
    /** Many times longer than networks hold packets up. */
    static final long SILENCE_NANOS = 500_000_000L;
    /** Ten seconds of 20 ms packets: a phone that is silent for longer is gone. */
    static final int MOST_MISSED = 500;

    private boolean known;
    private long ssrc;
    private int sequence;
    private long heardNanos;
    private InetSocketAddress candidate;
    private int candidateSequence;
    private int candidatePackets;

    /** Records a packet of the phone's. */
    void heard(long packetSsrc, int packetSequence, long nowNanos) {
        known = true;
        ssrc = packetSsrc;
        sequence = packetSequence;
        heardNanos = nowNanos;
        candidate = null;
    }

    /** Judges a packet from another source. @return whether the stream continues there */
    boolean goesOn(InetSocketAddress from, long packetSsrc, int packetSequence, long nowNanos) {
        int missed = Octets.sequenceDistance(packetSequence, sequence);
        if (!known || packetSsrc != ssrc || missed <= 0 || missed > MOST_MISSED) {
            return false;
        }
        boolean inOrder = from.equals(candidate) && packetSequence == (candidateSequence + 1 & 0xffff);
        candidate = from;
        candidateSequence = packetSequence;
        candidatePackets = inOrder ? candidatePackets + 1 : 1;
        return candidatePackets >= SourceLatch.FEW && nowNanos - heardNanos >= SILENCE_NANOS;
    }
}
