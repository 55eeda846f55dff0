package dev.trunkline.bench.report;

/**
 * The results of the INVITEs that were sent within one second.
 *
 * @param inTime answered with the expected status
 * @param late refused with 503: there was no decision by the deadline
 * @param refused with any other status
 * @param unanswered without a final response
 * @param slowestMillis from INVITE to the slowest final response
 */
public record Second(int inTime, int late, int refused, int unanswered, double slowestMillis) {
    public int sent() {
        return inTime + late + refused + unanswered;
    }
}
