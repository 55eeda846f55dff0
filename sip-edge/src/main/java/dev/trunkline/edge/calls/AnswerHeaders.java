package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.edge.caller.ChosenHeaders;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.sip.message.SipHeaders;
import java.util.Map;

/** The headers of an outbound call's 200 that are reported. */
record AnswerHeaders(DialExtras extras) {

    /** None if the target cannot be read: then the call is not dialled either. */
    static AnswerHeaders wanted(SealedTargets targets, LegFacts leg) {
        try {
            return new AnswerHeaders(targets.dialled(leg.id(), leg.leg().sealedTarget()).extras());
        } catch (SealBrokenException e) {
            return new AnswerHeaders(DialExtras.NONE);
        }
    }

    /** Lower-case name to value, within the limits of {@link ChosenHeaders}. */
    Map<String, String> of(SipHeaders headers) {
        return ChosenHeaders.ofAnswer(headers, extras.headersToAttributes().keySet(), extras.answerHeaders());
    }
}
