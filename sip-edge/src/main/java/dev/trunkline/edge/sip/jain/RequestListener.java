package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.Door;
import dev.trunkline.edge.sip.SipAnswer;
import dev.trunkline.edge.sip.SipHandler;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.jain.InvitePeek.Via;
import dev.trunkline.edge.sip.jain.JainSipTransport.Asked;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import org.jboss.logging.Logger;

/** What the stack calls; it must not throw into it. */
final class RequestListener implements SipListener {
    private static final Logger LOG = Logger.getLogger(RequestListener.class);
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;

    private final SipHandler handler;
    private final Supplier<Endpoints> endpoints;
    private final InvitesUnderWay invites;

    RequestListener(SipHandler handler, Supplier<Endpoints> endpoints, InvitesUnderWay invites) {
        this.handler = handler;
        this.endpoints = endpoints;
        this.invites = invites;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        Endpoint endpoint = endpoints.get().of((SipProvider) event.getSource());
        try {
            if (request.getMethod().equals(Request.ACK)) {
                handler.ack(ReceivedRequests.of(request));
                return;
            }
            SipRequest read = ReceivedRequests.of(request);
            switch (handler.door(read)) {
                case Door.Closed() -> { }
                case Door.Turned(var reply) -> answer(request, reply, endpoint);
                case Door.Open(var taker) -> {
                    javax.sip.ServerTransaction transaction = event.getServerTransaction();
                    if (transaction == null) {
                        transaction = endpoint.provider().getNewServerTransaction(request);
                    }
                    taker.accept(new JainServerTransaction(
                            request, read, transaction, endpoint.composer(),
                            waited(request)));
                }
            }
        } catch (TransactionAlreadyExistsException e) {
            // A retransmission that overtook the first on another thread.
        } catch (SipException e) {
            // A header that its method must have is missing.
            LOG.debugf("%s refused: %s", request.getMethod(), e.getClass().getSimpleName());
            refuse(request, endpoint);
        } catch (RuntimeException e) {
            LOG.warnf("%s could not be taken: %s", request.getMethod(), e.getClass().getSimpleName());
            refuse(request, endpoint);
        }
    }

    private Duration waited(SIPRequest request) {
        var via = request.getTopmostVia();
        return via.getBranch() == null
                ? Duration.ZERO
                : invites.age(request.getPeerPacketSourceAddress(), Via.of(via.getSentBy().toString(), via.getBranch()));
    }

    private void refuse(SIPRequest request, Endpoint endpoint) {
        if (!request.getMethod().equals(Request.ACK)) {
            answer(request, SipReply.of(BAD_REQUEST), endpoint);
        }
    }

    /** Without a transaction, so the tag follows from the request: a repetition gets the same (RFC 3261 8.2.7). */
    private static void answer(SIPRequest request, SipReply reply, Endpoint endpoint) {
        try {
            String tag = Integer.toHexString(String.valueOf(request.getTopmostVia().getBranch()).hashCode());
            endpoint.provider().sendResponse(endpoint.composer().response(request, reply.tagged(tag)));
        } catch (SipException | ParseException | RuntimeException e) {
            LOG.debugf("%s could not be answered: %s", request.getMethod(), e.getClass().getSimpleName());
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        SIPResponse response = (SIPResponse) event.getResponse();
        if (response.getStatusCode() < 200) {
            return;
        }
        try {
            answered(event, ReceivedAnswers.of(response));
        } catch (RuntimeException e) {
            LOG.warnf("a response could not be taken: %s", e.getClass().getSimpleName());
        }
    }

    private void answered(ResponseEvent event, SipAnswer answer) {
        Optional<Asked> asked = waiting(event.getClientTransaction());
        if (asked.isPresent()) {
            asked.get().outcome().accept(answer);
        } else if (answer.accepts() && answer.method().equals(Request.INVITE)) {
            handler.repeated(answer);
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            waiting(event.getClientTransaction())
                    .ifPresent(asked -> asked.outcome().accept(SipAnswer.missing(asked.request(), REQUEST_TIMEOUT)));
        }
    }

    /** Once: a transaction has one outcome. */
    private static Optional<Asked> waiting(ClientTransaction transaction) {
        if (transaction != null && transaction.getApplicationData() instanceof Asked asked) {
            transaction.setApplicationData(null);
            return Optional.of(asked);
        }
        return Optional.empty();
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.warnf("sending to %s failed", event.getTransport());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // Nothing of ours hangs on a transaction's end.
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // The stack has no dialogs.
    }
}
