package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.edge.call.LegInput;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.outbound.Dialler;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.Optional;

/**
 * The INVITE of an outbound call. Its outcome arrives on a lane, where the dialogs that it creates are registered before the next
 * message in them is read, and is passed on to the call's mailbox.
 */
final class LegInvite implements Dialler.Outcome {
    private final Call call;
    private final CallParts parts;
    private final LegFacts leg;
    private volatile ClientTransaction transaction = () -> { };
    private volatile long sent;
    private volatile boolean rang;
    private final AnswerHeaders wanted;

    LegInvite(Call call, CallParts parts, LegFacts leg) {
        this.call = call;
        this.parts = parts;
        this.leg = leg;
        this.wanted = AnswerHeaders.wanted(parts.targets(), leg);
    }

    /** To be called once, in the call's mailbox. */
    void dial(String offer) {
        sent = System.nanoTime();
        transaction = parts.dialler().dial(leg.route(), leg.leg(), leg.tag(), offer, this);
    }

    void cancel() {
        transaction.cancel();
    }

    /** Records the post-dial delay: from dialling to what the caller first hears, even if that is a failure. */
    private void heard(int status) {
        if (status >= 180 && !rang) {
            rang = true;
            parts.metrics().legHeard(System.nanoTime() - sent);
        }
    }

    @Override
    public void progressed(String gateway, SipResponse response) {
        heard(response.status());
        call.on(new LegInput.Progressed(gateway, response.status(), description(response)));
    }

    @Override
    public void accepted(String gateway, OutgoingRequest invite, SipResponse response) {
        heard(response.status());
        Dialog dialog = begun(invite, response);
        OutgoingRequest ack = acknowledging(dialog, invite);
        call.learn(dialog, response.source());
        call.on(new LegInput.Accepted(gateway, dialog, ack, description(response), TimerHeaders.of(response.headers()),
                wanted.of(response.headers())));
    }

    /** The same Call-ID at each gateway. */
    String sipCallId() {
        return leg.route().invite().sipCallId();
    }

    @Override
    public void forked(OutgoingRequest invite, SipResponse response) {
        Dialog dialog = begun(invite, response);
        call.on(new LegInput.Forked(dialog, acknowledging(dialog, invite)));
    }

    @Override
    public void failed(String gateway, int status, Optional<String> why) {
        heard(status);
        call.on(new LegInput.Failed(gateway, status, why));
    }

    private Dialog begun(OutgoingRequest invite, SipResponse response) {
        return Dialog.calling(invite, response).of(leg.route().invite().trunk().id());
    }

    private OutgoingRequest acknowledging(Dialog dialog, OutgoingRequest invite) {
        OutgoingRequest ack = dialog.ack(invite);
        parts.acks().keep(dialog.key(), ack);
        return ack;
    }

    private static Optional<String> description(SipResponse response) {
        return response.sdp().map(Sdp::scrubbed);
    }
}
