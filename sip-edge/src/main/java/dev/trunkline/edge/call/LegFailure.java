package dev.trunkline.edge.call;

import dev.trunkline.events.EndReason;

/**
 * Why an outbound call failed.
 *
 * @param status SIP status, as in {@link dev.trunkline.events.LegFailed}
 * @param detail one sentence for people; never a number
 */
record LegFailure(EndReason reason, int status, String detail) {

    /** The failure for the final response to its INVITE (RFC 3261 section 21). */
    static LegFailure of(int status) {
        return switch (status) {
            case 486, 600 -> new LegFailure(EndReason.CALLEE_BUSY, status, "The called party is busy.");
            // 607 and 608: RFC 8197 and RFC 8688.
            case 603, 607, 608 -> new LegFailure(EndReason.CALLEE_DECLINED, status, "The called party declined the call.");
            // 487 without a CANCEL of ours: an element on the path gave up.
            case 408, 480, 487 ->
                new LegFailure(EndReason.NO_ANSWER, status, "The called party did not answer.");
            case 404, 410, 484, 485, 604 -> unreachable(status, "Nobody can be reached at the dialled number or address.");
            case 401, 407 -> unreachable(status, "The gateway did not accept the credentials of the trunk's account.");
            case 403 -> unreachable(status, "The gateway does not let the call through.");
            case 488, 606 -> unreachable(status, "The other side accepts none of the offered codecs.");
            case 503 -> unreachable(status, "No gateway of the trunk accepts calls at the moment.");
            default -> status < 400
                    ? unreachable(status, "The other side redirected the call, and its trunk does not follow this redirect.")
                    : unreachable(status, "The call was refused on its way with status %d.".formatted(status));
        };
    }

    private static LegFailure unreachable(int status, String detail) {
        return new LegFailure(EndReason.CALLEE_UNREACHABLE, status, detail);
    }

    /** Another leg that rang for the same caller answered first. */
    static LegFailure answeredElsewhere() {
        return givenUp(EndReason.ANSWERED_ELSEWHERE, EndReason.ANSWERED_ELSEWHERE.sentence());
    }

    /** The suite gives up first. */
    static LegFailure givenUp(EndReason reason, String detail) {
        return new LegFailure(reason, 487, detail);
    }
}
