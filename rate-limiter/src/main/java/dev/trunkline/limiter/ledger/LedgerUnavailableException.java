package dev.trunkline.limiter.ledger;

/** Redis is unavailable or did not answer in time; whether it counted is not known. */
public final class LedgerUnavailableException extends RuntimeException {
    public LedgerUnavailableException(String message) {
        super(message);
    }
}
