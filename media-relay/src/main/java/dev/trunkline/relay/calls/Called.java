package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.relay.room.AnswerAttributes;
import dev.trunkline.relay.room.SipParticipant;
import java.util.Map;
import org.jboss.logging.Logger;

/** The extras of an outbound call's party, and the attributes that it gets once it has answered; empty for an inbound call. */
final class Called {
    private static final Logger LOG = Logger.getLogger(Called.class);

    private final CallId callId;
    private final SealedTargets targets;
    private final AnswerAttributes answer;

    private Called(CallId callId, SealedTargets targets, AnswerAttributes answer) {
        this.callId = callId;
        this.targets = targets;
        this.answer = answer;
    }

    static Called of(CallAdmitted admitted, CallerSecrets whom, Sealer sealer) {
        var targets = new SealedTargets(sealer);
        DialExtras extras = admitted.route().outgoing()
                .map(leg -> extras(admitted, leg.sealedTarget(), targets))
                .orElse(DialExtras.NONE);
        return new Called(admitted.callId(), targets, AnswerAttributes.of(extras, whom, SipParticipant.hidesNumber(admitted)));
    }

    /** A target that cannot be read asks for nothing: the edge, which cannot read it either, says why it does not dial. */
    private static DialExtras extras(CallAdmitted admitted, String sealed, SealedTargets targets) {
        try {
            return targets.dialled(admitted.callId(), sealed).extras();
        } catch (SealBrokenException e) {
            LOG.warnf("%s the additional settings of the outbound call cannot be read: %s", CallLabel.of(admitted), e.getMessage());
            return DialExtras.NONE;
        }
    }

    DialExtras extras() {
        return answer.extras();
    }

    /** Returns the new attributes of its participant; may be empty. */
    Map<String, String> attributes(CallAnswered answered) {
        try {
            return answered.sealedAnswer().map(sealed -> answer.of(targets.answer(callId, sealed))).orElse(Map.of());
        } catch (SealBrokenException e) {
            LOG.warnf("call=%s the details of the answer cannot be read: %s", callId, e.getMessage());
            return Map.of();
        }
    }
}
