package dev.trunkline.sip;

/**
 * What the stack keeps at most. An eighth of each is kept for what begins nothing: requests in a dialog, and CANCEL.
 *
 * @param transactions of others that a lane keeps; a request beyond is answered 503 without one
 * @param octets that the messages and responses of these may be; likewise
 */
public record StackLimits(int transactions, long octets) {
    public static final StackLimits USUAL = new StackLimits(20_000, 64L << 20);

    private static final int KEPT_SHARE = 8;

    public StackLimits {
        if (transactions < 1 || octets < 1) {
            throw new IllegalArgumentException("a lane must be let keep something: transactions and octets are to be 1 or more");
        }
    }

    /** Whether there is a place for one more. @param begins whether it belongs to no dialog and is no CANCEL */
    boolean takes(boolean begins, int transactionsKept, long octetsKept) {
        int most = begins ? transactions - transactions / KEPT_SHARE : transactions;
        long mostOctets = begins ? octets - octets / KEPT_SHARE : octets;
        return transactionsKept < most && octetsKept < mostOctets;
    }
}
