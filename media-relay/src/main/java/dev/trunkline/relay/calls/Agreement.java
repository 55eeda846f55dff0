package dev.trunkline.relay.calls;

import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.relay.sdp.SdpWriter;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What was agreed with the phone, and our description of it. Used in the call's queue only.
 *
 * <pre>
 *   the phone's offer  --{@link #takes}--> agreed, our answer
 *   none               --{@link #offers}-> our offer --the phone's answer, {@link #takesAnswer}--> agreed
 *   another relay's    --our offer, by the numbers that it had--the phone's answer--> agreed
 * </pre>
 */
final class Agreement {
    private static final Logger LOG = Logger.getLogger(Agreement.class);

    private final String label;
    private final MediaTerms terms;
    private final SdpWriter writer;
    private final CallCrypto crypto;
    private final CallMedia media;
    /** What was agreed by another relay, from which this relay took over the call. */
    private final Optional<PhoneMedia> former;
    private PhoneMedia agreed;
    private String description;
    /** The key in our last offer. */
    private Optional<SdpWriter.OwnKey> offeredKey = Optional.empty();
    private int revision;

    /**
     * @param label of the call in the log
     * @param first accepted from the INVITE's offer, as {@code crypto} already is; empty if an offer of ours is wanted
     * @param takeOver empty for a call that has just been admitted
     */
    Agreement(
            String label,
            MediaTerms terms,
            SdpWriter writer,
            CallCrypto crypto,
            CallMedia media,
            Optional<Negotiation.Accepted> first,
            Optional<TakeOver> takeOver) {
        this.former = takeOver.flatMap(TakeOver::spoken);
        this.revision = takeOver.map(TakeOver::revision).orElse(0);
        this.label = label;
        this.terms = terms;
        this.writer = writer;
        this.crypto = crypto;
        this.media = media;
        this.agreed = first.map(Negotiation.Accepted::media).orElseGet(terms::unanswered);
        this.description = first.map(accepted -> writer.answer(accepted, crypto.sealedOwnKey())).orElseGet(this::offer);
    }

    /** Returns the codec towards the phone, or the one that we prefer while the phone has not answered. */
    String codec() {
        return agreed.codec().encodingName();
    }

    /** Returns whether the phone has stated its codec. */
    boolean isAnswered() {
        return agreed.isAnswered();
    }

    boolean held() {
        return isAnswered() && agreed.held();
    }

    PhoneMedia agreed() {
        return agreed;
    }

    /** Returns the revision of the offer to which the description belongs. */
    int revision() {
        return revision;
    }

    /** Returns our answer, or our offer. */
    String description() {
        return description;
    }

    /** @return why an offer cannot be accepted, in which case the previous agreement stays; empty if it is accepted */
    Optional<String> takes(MediaOffered offered) {
        return judged(offered, offered.sdpOffer(), terms::objection, accepted -> {
            revision = offered.revision();
            description = writer.answer(accepted, crypto.sealedOwnKey());
        });
    }

    /** The phone asks for an offer: it gets all that we support. */
    void offers(int asked) {
        revision = asked;
        description = offer();
    }

    private String offer() {
        Optional<PhoneMedia> before = Optional.of(agreed).filter(PhoneMedia::isAnswered);
        boolean first = before.isEmpty() && terms.offersKey();
        before = before.or(() -> former);
        offeredKey = first ? Optional.of(crypto.offersFirst()) : crypto.offered();
        return writer.offer(
                terms.judge().offering(before), offeredKey, first && !terms.requiresKey());
    }

    /** @return why it is no answer to our last offer, in which case the previous agreement stays; empty if it is accepted */
    Optional<String> takesAnswer(MediaOffered offered) {
        return offered.revision() == revision
                ? judged(offered, offered.sdpAnswer().orElse(""), this::objectionToAnswer, accepted -> {})
                : Optional.of("The answer is not to the latest offer.");
    }

    private Optional<String> objectionToAnswer(PhoneMedia answer) {
        return terms.objection(answer).or(() -> MediaTerms.objectionToKey(answer.crypto(), offeredKey));
    }

    private interface Then {
        void accepted(Negotiation.Accepted accepted);
    }

    private Optional<String> judged(
            MediaOffered offered, String text, Function<PhoneMedia, Optional<String>> objection, Then then) {
        return switch (terms.judge().judge(text)) {
            case Negotiation.Accepted accepted -> {
                Optional<String> against = objection.apply(accepted.media());
                if (against.isPresent()) {
                    yield refused(offered, against.get());
                }
                try {
                    crypto.agree(accepted.media().crypto());
                } catch (SealBrokenException e) {
                    yield refused(offered, e.getMessage());
                }
                agreed = accepted.media();
                media.renegotiated(agreed, crypto.session());
                then.accepted(accepted);
                yield Optional.empty();
            }
            case Negotiation.Refused refused -> refused(offered, refused.detail());
        };
    }

    private Optional<String> refused(MediaOffered offered, String why) {
        LOG.warnf("%s session description %d cannot be accepted: %s", label, offered.revision(), why);
        return Optional.of(why);
    }
}
