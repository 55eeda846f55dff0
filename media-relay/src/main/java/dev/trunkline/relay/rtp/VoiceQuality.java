package dev.trunkline.relay.rtp;

/**
 * Estimated listening quality by a simplified E-model (ITU-T G.107 with G.711 with concealment, G.113 appendix I):
 * one-way delay and loss give a rating R, and R gives a mean opinion score.
 */
public final class VoiceQuality {
    /** R of an undisturbed connection with G.107's default values. */
    private static final double BASE_RATING = 93.2;
    /** Robustness of G.711 with packet loss concealment against random loss (G.113 table I.4). */
    private static final double LOSS_ROBUSTNESS = 25.1;
    private static final double MOST_EQUIPMENT_IMPAIRMENT = 95;
    /** Delay beyond which talkers begin to notice. */
    private static final double NOTICED_DELAY_MILLIS = 177.3;

    private VoiceQuality() {}

    /**
     * @param lossFraction 0.0 to 1.0
     * @param jitterMillis interarrival jitter; the listener's buffer is assumed to be twice as long
     * @param roundTripMillis of the network, 0 if it is not known
     * @return 1.0 to 4.5
     */
    public static double mos(double lossFraction, double jitterMillis, double roundTripMillis) {
        double delay = roundTripMillis / 2 + 2 * jitterMillis + 20;
        double lossPercent = Math.clamp(lossFraction, 0.0, 1.0) * 100;
        double delayImpairment = 0.024 * delay + 0.11 * Math.max(0, delay - NOTICED_DELAY_MILLIS);
        double lossImpairment = MOST_EQUIPMENT_IMPAIRMENT * lossPercent / (lossPercent + LOSS_ROBUSTNESS);
        return score(BASE_RATING - delayImpairment - lossImpairment);
    }

    /** G.107 annex B. */
    static double score(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        double mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
        return Math.clamp(mos, 1.0, 4.5);
    }
}
