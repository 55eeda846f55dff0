package dev.trunkline.edge.auth;

import dev.trunkline.events.privacy.TrunkUser;
import java.util.List;

/** What became of the credentials of a request. */
public sealed interface DigestVerdict {

    /** None for us, or none that can be used any more: challenge. */
    record Challenge(Why why) implements DigestVerdict {}

    /** Why a challenge is due. */
    enum Why {
        /** No credentials for one of our realms. */
        MISSING,
        /** Of a nonce that has expired, is not ours, or was issued to somebody else. */
        STALE,
        /** Of a nonce and count that were there before. */
        REPLAYED
    }

    /** The header does not say what it must (RFC 7616 section 3.4): 400. */
    record Malformed(String what) implements DigestVerdict {}

    /**
     * @param claimed the users whom the answer names; empty if there is none of that name
     * @param looked false while a wrong answer before it is being paid for, and nobody looks at another
     */
    record Wrong(List<TrunkUser> claimed, boolean looked) implements DigestVerdict {}

    /** @param users those whose answer it is: one, unless several have the same name, realm and password */
    record Right(List<TrunkUser> users) implements DigestVerdict {}
}
