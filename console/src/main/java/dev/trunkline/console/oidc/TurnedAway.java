package dev.trunkline.console.oidc;

import java.util.Locale;

/** Why somebody came back from the provider and is not signed in; the pages have a text for each. */
public enum TurnedAway {
    /** None of their roles is one that the settings name. */
    NO_ROLE,
    /** Their role is of an organisation, and the provider says none, or several. */
    NO_ORGANISATION,
    /** The router knows no organisation of that name. */
    UNKNOWN_ORGANISATION,
    /** They, or the provider, broke it off. */
    CANCELLED,
    /** The answer is to no question of this browser, or comes too late. */
    STALE,
    /** What the provider said cannot be trusted, or it did not take our question. */
    UNTRUSTED,
    /** The provider, the router or the database does not answer. */
    UNAVAILABLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
