package dev.trunkline.phone;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A call's media so far.
 *
 * @param codec            what is sent: PCMU or PCMA
 * @param packetsSent      RTP packets sent, including DTMF
 * @param packetsReceived  RTP packets received, including duplicates and late ones
 * @param packetsLost      expected minus received, by sequence number (RFC 3550 A.3), never below zero
 * @param packetsLate      received after a later one
 * @param jitterMillis     interarrival jitter (RFC 3550 6.4.1)
 * @param maxGapMillis     the longest time between two arrivals
 * @param longestSilenceMillis the longest time without any sound after the first sound, whether packets of silence arrived or
 *     none
 * @param levelDbfs        loudest 20 ms received, dB of full scale (a full-scale sine is −3), −96 or below for silence
 * @param tones            what was received of each metered frequency
 * @param digits           digits received
 * @param echoProbesSent   bursts sent
 * @param echoDelaysMillis delay of each burst that came back, in order of arrival
 */
public record MediaReport(
        Codec codec,
        long packetsSent,
        long packetsReceived,
        long packetsLost,
        long packetsLate,
        double jitterMillis,
        double maxGapMillis,
        double longestSilenceMillis,
        double levelDbfs,
        List<HeardTone> tones,
        List<ReceivedDigit> digits,
        int echoProbesSent,
        List<Double> echoDelaysMillis) {

    /**
     * What was received of one frequency.
     *
     * @param hertz        the frequency
     * @param heardMillis  how long it stood out: windows of 100 ms in which it held more than half of the energy
     * @param peakDbfs     its loudest window, dB of full scale
     */
    public record HeardTone(int hertz, long heardMillis, double peakDbfs) {}

    public MediaReport {
        tones = List.copyOf(tones);
        digits = List.copyOf(digits);
        echoDelaysMillis = List.copyOf(echoDelaysMillis);
    }

    /** Returns how long a metered frequency stood out, in ms; 0 if it never did or is not metered. */
    public long heardMillis(int hertz) {
        return tones.stream().filter(tone -> tone.hertz() == hertz).mapToLong(HeardTone::heardMillis).sum();
    }

    /** Returns the median of the echo delays in ms. */
    public OptionalDouble medianEchoMillis() {
        if (echoDelaysMillis.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = echoDelaysMillis.stream().sorted().toList();
        return OptionalDouble.of(sorted.get(sorted.size() / 2));
    }
}
