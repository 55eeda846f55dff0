package dev.trunkline.relay.calls;

import dev.trunkline.events.MediaOffered;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.sdp.AnswerWriter;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import org.jboss.logging.Logger;

/** What was agreed with the phone, and the answer that says so. Used in the call's queue only. */
final class Agreement {
    private static final Logger LOG = Logger.getLogger(Agreement.class);

    private final OfferJudge judge;
    private final AnswerWriter answers;
    private final CallMedia media;
    private Negotiation.Accepted agreed;
    private int revision;

    /** @param agreed by the INVITE's offer */
    Agreement(OfferJudge judge, AnswerWriter answers, CallMedia media, Negotiation.Accepted agreed) {
        this.judge = judge;
        this.answers = answers;
        this.media = media;
        this.agreed = agreed;
    }

    /** The codec towards the phone. */
    String codec() {
        return agreed.media().codec().encodingName();
    }

    boolean held() {
        return agreed.media().held();
    }

    /** Which offer the answer is to. */
    int revision() {
        return revision;
    }

    String answer() {
        return answers.write(agreed);
    }

    /** @return false for an offer that cannot be taken: what was agreed before stays */
    boolean takes(MediaOffered offered) {
        return switch (judge.judge(offered.sdpOffer())) {
            case Negotiation.Accepted accepted -> {
                agreed = accepted;
                revision = offered.revision();
                media.renegotiated(accepted.media());
                yield true;
            }
            case Negotiation.Refused refused -> {
                LOG.warnf("call=%s offer %d cannot be taken: %s",
                        offered.callId(), offered.revision(), refused.trace().getFirst().detail());
                yield false;
            }
        };
    }
}
