package dev.trunkline.edge.trunks;

import dev.trunkline.edge.auth.DigestVerdict;
import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Optional;

/** The result for a request's source and credentials. */
public sealed interface Entry {

    /** @param proven by credentials, not by the address alone */
    record Admitted(Trunk trunk, boolean proven) implements Entry {}

    /** It belongs to no trunk, and no trunk could ask it for credentials. */
    record Stranger() implements Entry {}

    /** @param challenges values of WWW-Authenticate, in order */
    record Challenged(List<String> challenges, DigestVerdict.Why why) implements Entry {}

    /** It is for a call of another trunk. */
    record Foreign() implements Entry {}

    /** Credentials that lack something that they must contain. */
    record Malformed(String what) implements Entry {}

    /**
     * @param trunk whose credentials they should have been; empty for a stranger who names no known user
     * @param looked false if they were not checked, because answers are still delayed for a wrong one before
     */
    record Refused(Optional<Trunk> trunk, boolean looked) implements Entry {}
}
