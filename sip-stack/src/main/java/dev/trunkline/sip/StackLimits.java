package dev.trunkline.sip;

/**
 * What the stack keeps at most.
 *
 * @param transactions of others that a lane keeps; a request beyond is answered 503 without one
 * @param octets that the messages and responses of these may be; likewise
 */
public record StackLimits(int transactions, long octets) {
    public static final StackLimits USUAL = new StackLimits(20_000, 64L << 20);

    public StackLimits {
        if (transactions < 1 || octets < 1) {
            throw new IllegalArgumentException("a lane must be let keep something: transactions and octets are to be 1 or more");
        }
    }
}
