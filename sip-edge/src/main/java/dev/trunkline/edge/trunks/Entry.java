package dev.trunkline.edge.trunks;

import dev.trunkline.edge.auth.DigestVerdict;
import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Optional;

/** What a request's source and credentials are worth. */
public sealed interface Entry {

    /** @param proven by credentials, not by the address alone */
    record Admitted(Trunk trunk, boolean proven) implements Entry {}

    /** It belongs to no trunk, and there is none that could be asked for credentials. */
    record Stranger() implements Entry {}

    /** @param challenges values of WWW-Authenticate, in order */
    record Challenged(List<String> challenges, DigestVerdict.Why why) implements Entry {}

    /** Of a call of another trunk. */
    record Foreign() implements Entry {}

    /** Credentials that do not say what they must. */
    record Malformed(String what) implements Entry {}

    /**
     * @param trunk whose credentials they should have been; empty for a stranger who names nobody whom we know
     * @param looked false if they were not looked at, as a wrong answer before them is not paid for yet
     */
    record Refused(Optional<Trunk> trunk, boolean looked) implements Entry {}
}
