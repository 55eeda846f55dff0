package dev.trunkline.router.routing;

import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What an organisation's webhook has to be asked, and the decision that waits for the answer.
 *
 * @param url of the rule, or where an answer redirected to
 * @param secret that the rule has for the signature; empty for the organisation's own
 * @param number that was called
 * @param call what may be told to the organisation, the caller's number included unless {@code hidePhoneNumber}
 * @param hidePhoneNumber the rule keeps the caller's number to itself
 * @param redirects how many answers said `redirect` before this question
 * @param trace up to here
 */
public record Question(
        URI url,
        Optional<String> secret,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        Call call,
        boolean hidePhoneNumber,
        int redirects,
        List<TraceStep> trace,
        Suspended resume) {

    /** Leaves caller and secret out. */
    @Override
    public String toString() {
        return "Question[" + url + ", " + call + "]";
    }
}
