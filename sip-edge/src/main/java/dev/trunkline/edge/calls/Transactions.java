package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.Effect;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;

/** The requests of one call that wait for our response, or whose response may have to be repeated; used in its mailbox only. */
final class Transactions {
    private final EdgeMetrics metrics;
    private Optional<ServerTransaction> invite;
    private Optional<ServerTransaction> offer = Optional.empty();
    private Optional<ServerTransaction> refer = Optional.empty();
    /** The INVITE or re-INVITE whose 2xx may have to be retransmitted. */
    private Optional<ServerTransaction> accepted = Optional.empty();

    /** @param invite that began the call; empty for one that was resumed */
    Transactions(Optional<ServerTransaction> invite, EdgeMetrics metrics) {
        this.invite = invite;
        this.metrics = metrics;
    }

    /** Keeps a request that brought an offer whose answer is not known yet. */
    void offers(Optional<ServerTransaction> request) {
        offer = request;
    }

    /** Keeps a REFER whose response is not known yet. */
    void refers(Optional<ServerTransaction> request) {
        refer = request;
    }

    /** @param request the one that is being handled */
    void respond(Effect.Transaction which, Optional<ServerTransaction> request, OutgoingResponse reply) {
        respond(switch (which) {
            case INVITE -> invite;
            case OFFER -> offer;
            case REFER -> refer;
            case REQUEST -> request;
        }, reply);
    }

    void respond(Optional<ServerTransaction> transaction, OutgoingResponse reply) {
        transaction.ifPresent(waiting -> {
            waiting.respond(reply);
            metrics.responded(reply.status());
            if (reply.status() / 100 == 2 && waiting.request().method().equals(SipRequest.INVITE)) {
                accepted = transaction;
            }
        });
    }

    void repeatAnswer() {
        accepted.ifPresent(ServerTransaction::repeat);
    }

    void repeatProvisional() {
        invite.ifPresent(ServerTransaction::repeat);
    }

    /** Forgets everything once the call is over. */
    void forget() {
        invite = Optional.empty();
        offer = Optional.empty();
        refer = Optional.empty();
        accepted = Optional.empty();
    }
}
