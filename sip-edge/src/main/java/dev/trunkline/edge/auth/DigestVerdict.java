package dev.trunkline.edge.auth;

import dev.trunkline.events.privacy.TrunkUser;
import java.util.List;

/** The result for the credentials of a request. */
public sealed interface DigestVerdict {

    /** No credentials for us, or none that are still usable: challenge. */
    record Challenge(Why why) implements DigestVerdict {}

    /** Why a challenge is necessary. */
    enum Why {
        /** No credentials for one of our realms. */
        MISSING,
        /** For a nonce that has expired, is not ours, or was issued to somebody else. */
        STALE,
        /** With a nonce and count that were used already. */
        REPLAYED
    }

    /** The header lacks something that it must contain (RFC 7616 section 3.4): 400. */
    record Malformed(String what) implements DigestVerdict {}

    /**
     * @param claimed the users whom the answer names; empty if there is none of that name
     * @param looked false while answers are delayed for a wrong one before, and are not checked
     */
    record Wrong(List<TrunkUser> claimed, boolean looked) implements DigestVerdict {}

    /** @param users those whose answer it is: one, unless several have the same name, realm and password */
    record Right(List<TrunkUser> users) implements DigestVerdict {}
}
