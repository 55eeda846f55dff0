package dev.trunkline.limiter.ledger;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.admission.Applicant;

/**
 * Names of the ledger's keys. All carry one hash tag, so that a Redis Cluster keeps them on one node: a script needs
 * them together.
 *
 * <pre>
 *   {trunkline}:call:ID                       hash        what is known of a call: state, verdict, owners
 *   {trunkline}:caller:number:N:PSEUDONYM     sorted set  calls by the time of their admission
 *   {trunkline}:caller:organisation:O:PSEUDONYM
 *   {trunkline}:calls:number:N                sorted set  calls by the time at which their lease runs out
 *   {trunkline}:calls:organisation:O
 *   {trunkline}:calls:suite
 * </pre>
 *
 * @param tag what is between the braces
 */
public record LedgerKeys(String tag) {
    public static final LedgerKeys SUITE = new LedgerKeys("trunkline");

    String call(CallId callId) {
        return calls() + callId;
    }

    /** How the keys of all calls begin. */
    String calls() {
        return prefix() + "call:";
    }

    String caller(Applicant applicant) {
        String scope =
                switch (applicant.limits().callerRate().scope()) {
                    case NUMBER -> "number:" + applicant.number();
                    case ORGANISATION -> "organisation:" + applicant.organisationId();
                };
        return prefix() + "caller:" + scope + ":" + applicant.pseudonym();
    }

    String number(String number) {
        return prefix() + "calls:number:" + number;
    }

    String organisation(String id) {
        return prefix() + "calls:organisation:" + id;
    }

    String suite() {
        return prefix() + "calls:suite";
    }

    private String prefix() {
        return "{" + tag + "}:";
    }
}
