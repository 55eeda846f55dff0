package dev.trunkline.router.auth;

import java.util.UUID;

/** The sender of a request. */
public sealed interface Principal {

    /** Returns the name for the record of what was done: the subject of the token. */
    String subject();

    /** The operator of the suite: sees and does everything. */
    record Admin(String subject) implements Principal {}

    /**
     * An organisation: sees its own data and configures its own numbers.
     *
     * @param organisation id
     * @param name of the organisation, for sentences
     */
    record Tenant(String subject, UUID organisation, String name) implements Principal {}
}
