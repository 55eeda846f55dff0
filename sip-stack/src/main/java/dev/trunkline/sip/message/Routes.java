package dev.trunkline.sip.message;

/** Counts the values of Route or Record-Route. */
final class Routes {
    private Routes() {}

    /** Counts all commas, even those in quotes, which no real route contains. */
    static boolean areFew(Head head, int kind) {
        int count = 0;
        for (int field = head.first(kind); field >= 0; field = head.next(kind, field)) {
            count++;
            for (int i = head.from(field); i < head.to(field); i++) {
                count += head.octets()[i] == ',' ? 1 : 0;
            }
        }
        return count <= MessageLimits.ROUTES;
    }
}
