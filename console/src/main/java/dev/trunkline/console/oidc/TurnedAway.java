package dev.trunkline.console.oidc;

import java.util.Locale;

/** Why a person came back from the provider without being signed in; the pages have a text for each. */
public enum TurnedAway {
    /** The person has none of the roles that the settings name. */
    NO_ROLE,
    /** The person's role belongs to an organisation, and the provider names none, or several. */
    NO_ORGANISATION,
    /** The router knows no organisation of that name. */
    UNKNOWN_ORGANISATION,
    /** The person, or the provider, cancelled the sign-in. */
    CANCELLED,
    /** The answer does not belong to a request of this browser, or comes too late. */
    STALE,
    /** The provider's answer cannot be trusted, or the provider rejected our request. */
    UNTRUSTED,
    /** The provider, the router or the database does not answer. */
    UNAVAILABLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
