package dev.trunkline.relay.calls;

import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.privacy.SealBrokenException;
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
    private final CallCrypto crypto;
    private final CallMedia media;
    private Negotiation.Accepted agreed;
    private int revision;

    /** @param agreed by the INVITE's offer, and by {@code crypto} already */
    Agreement(OfferJudge judge, AnswerWriter answers, CallCrypto crypto, CallMedia media, Negotiation.Accepted agreed) {
        this.judge = judge;
        this.answers = answers;
        this.crypto = crypto;
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
        return answers.write(agreed, crypto.sealedOwnKey());
    }

    /** @return false for an offer that cannot be taken: what was agreed before stays */
    boolean takes(MediaOffered offered) {
        return switch (judge.judge(offered.sdpOffer())) {
            case Negotiation.Accepted accepted -> takes(offered, accepted);
            case Negotiation.Refused refused -> refused(offered, refused.trace().getFirst().detail());
        };
    }

    private boolean takes(MediaOffered offered, Negotiation.Accepted accepted) {
        try {
            crypto.agree(accepted.media().crypto());
        } catch (SealBrokenException e) {
            return refused(offered, e.getMessage());
        }
        agreed = accepted;
        revision = offered.revision();
        media.renegotiated(accepted.media(), crypto.session());
        return true;
    }

    private static boolean refused(MediaOffered offered, String why) {
        LOG.warnf("call=%s offer %d cannot be taken: %s", offered.callId(), offered.revision(), why);
        return false;
    }
}
