package dev.trunkline.console.oidc;

/** Ends one person's attempt to sign in. */
final class NotSignedIn extends Exception {
    private final TurnedAway why;

    /** @param detail for the log: without tokens, codes and names */
    NotSignedIn(TurnedAway why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    TurnedAway why() {
        return why;
    }
}
