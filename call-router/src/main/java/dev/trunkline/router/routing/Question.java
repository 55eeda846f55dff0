package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The request to an organisation's webhook, and the decision that waits for the answer.
 *
 * @param url from the rule, or from an answer that redirected
 * @param secret for the signature: the rule's {@code secret}, else {@code webhook.secret} in the configuration of the
 *     organisation; empty for no signature
 * @param number the called number
 * @param call the call in question
 * @param callerInClear whether the organisation may see the caller's number: {@code webhook.caller} is {@code number}
 *     in the configuration of suite or organisation, and the rule does not hide numbers
 * @param config merged configuration of the number
 * @param redirects how many answers said `redirect` before this question
 * @param trace the steps so far
 */
public record Question(
        URI url,
        Optional<String> secret,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        Call call,
        boolean callerInClear,
        ObjectNode config,
        int redirects,
        List<TraceStep> trace,
        Suspended resume) {

    /** Returns the same question about another call; its result continues the first call's decision. */
    public Question about(Call other) {
        return new Question(
                url, secret, organisation, number, rule, other, callerInClear, config, redirects, trace, resume);
    }

    /** Leaves caller and secrets out. */
    @Override
    public String toString() {
        return "Question[" + ShownUrl.key(url) + ", " + call + "]";
    }
}
