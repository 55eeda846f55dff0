package dev.trunkline.sip;

/**
 * The maximum state that the stack keeps. An eighth of each limit is reserved for requests in a dialog and CANCEL.
 *
 * @param transactions incoming transactions that a lane keeps; further requests get 503 without a transaction
 * @param octets total size of their messages and responses; likewise
 */
public record StackLimits(int transactions, long octets) {
    public static final StackLimits USUAL = new StackLimits(20_000, 64L << 20);

    private static final int KEPT_SHARE = 8;

    public StackLimits {
        if (transactions < 1 || octets < 1) {
            throw new IllegalArgumentException("a lane must be able to hold something: transactions and octets must be 1 or more");
        }
    }

    /** Returns whether there is room for one more. @param begins whether it belongs to no dialog and is not a CANCEL */
    boolean takes(boolean begins, int transactionsKept, long octetsKept) {
        int most = begins ? transactions - transactions / KEPT_SHARE : transactions;
        long mostOctets = begins ? octets - octets / KEPT_SHARE : octets;
        return transactionsKept < most && octetsKept < mostOctets;
    }
}
