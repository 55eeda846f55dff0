package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.OutgoingRequest;
import dev.trunkline.edge.sip.SipBindException;
import dev.trunkline.edge.sip.SipHandler;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipTransport;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.SourceGuard;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.TooManyListenersException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
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

/** SIP on the wire by the JAIN-SIP reference implementation. */
public final class JainSipTransport implements SipTransport {
    private static final Logger LOG = Logger.getLogger(JainSipTransport.class);
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final ListenSettings settings;
    private final Composer composer;
    private final InvitesUnderWay invites;
    private final GuardedStack stack;
    private volatile SipProvider provider;
    private volatile boolean listening;

    /**
     * Builds the stack; no port is opened before {@link #start}.
     *
     * @param drops told of each packet of a trunk that was dropped unread
     */
    public JainSipTransport(ListenSettings settings, SourceGuard guard, Consumer<DropReason> drops) {
        this.settings = settings;
        this.composer = new Composer(settings);
        this.invites = new InvitesUnderWay(settings.unreadInvites(), System::nanoTime);
        try {
            this.stack = new GuardedStack(settings, guard, invites, drops);
        } catch (PeerUnavailableException e) {
            throw new IllegalStateException("the SIP stack does not take its settings", e);
        }
    }

    @Override
    public void start(SipHandler handler) {
        try {
            SipProvider opened = null;
            for (SipTransportKind kind : settings.transports()) {
                ListeningPoint point = stack.createListeningPoint(settings.bind(), settings.port(), kind.code());
                if (opened == null) {
                    opened = stack.createSipProvider(point);
                } else {
                    opened.addListeningPoint(point);
                }
            }
            provider = opened;
            opened.addSipListener(new Listener(handler));
            stack.start();
            listening = true;
        } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
            stack.stop();
            throw new SipBindException(
                    "SIP cannot listen on " + settings.bind() + ":" + settings.port() + " " + settings.transports()
                            + ": is the port taken (set TRUNKLINE_SIP_PORT), is the address of this machine"
                            + " (set TRUNKLINE_BIND)?",
                    e);
        }
    }

    @Override
    public void send(OutgoingRequest out, IntConsumer outcome) {
        try {
            ClientTransaction transaction = provider.getNewClientTransaction(composer.request(out));
            transaction.setApplicationData(outcome);
            transaction.sendRequest();
        } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
            LOG.warnf("%s could not be sent: %s", out.method(), e.getClass().getSimpleName());
            outcome.accept(SERVICE_UNAVAILABLE);
        }
    }

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public int unread() {
        return invites.waiting();
    }

    @Override
    public void close() {
        listening = false;
        stack.stop();
    }

    /** What the stack calls; it must not throw into it. */
    private final class Listener implements SipListener {
        private final SipHandler handler;

        Listener(SipHandler handler) {
            this.handler = handler;
        }

        @Override
        public void processRequest(RequestEvent event) {
            SIPRequest request = (SIPRequest) event.getRequest();
            try {
                if (request.getMethod().equals(Request.ACK)) {
                    handler.ack(ReceivedRequests.of(request));
                    return;
                }
                javax.sip.ServerTransaction transaction = event.getServerTransaction();
                if (transaction == null) {
                    transaction = provider.getNewServerTransaction(request);
                }
                handler.request(new JainServerTransaction(request, transaction, composer, waited(request)));
            } catch (TransactionAlreadyExistsException e) {
                // A retransmission that overtook the first on another thread.
            } catch (SipException e) {
                // A header that its method must have is missing.
                LOG.debugf("%s refused: %s", request.getMethod(), e.getClass().getSimpleName());
                refuse(request);
            } catch (RuntimeException e) {
                LOG.warnf("%s could not be taken: %s", request.getMethod(), e.getClass().getSimpleName());
                refuse(request);
            }
        }

        private Duration waited(SIPRequest request) {
            String branch = request.getTopmostVia().getBranch();
            return branch == null
                    ? Duration.ZERO
                    : invites.age(request.getPeerPacketSourceAddress(), branch);
        }

        /** Without a transaction, so the tag follows from the request: a repetition gets the same (RFC 3261 8.2.7). */
        private void refuse(SIPRequest request) {
            if (request.getMethod().equals(Request.ACK)) {
                return;
            }
            try {
                String tag = Integer.toHexString(String.valueOf(request.getTopmostVia().getBranch()).hashCode());
                SipReply badRequest = SipReply.of(BAD_REQUEST).tagged(tag);
                provider.sendResponse(composer.response(request, badRequest, SipTransportKind.UDP));
            } catch (SipException | ParseException | RuntimeException e) {
                LOG.debugf("%s could not be refused: %s", request.getMethod(), e.getClass().getSimpleName());
            }
        }

        @Override
        public void processResponse(ResponseEvent event) {
            int status = event.getResponse().getStatusCode();
            if (status >= 200) {
                tell(event.getClientTransaction(), status);
            }
        }

        @Override
        public void processTimeout(TimeoutEvent event) {
            if (!event.isServerTransaction()) {
                tell(event.getClientTransaction(), REQUEST_TIMEOUT);
            }
        }

        private void tell(ClientTransaction transaction, int status) {
            if (transaction != null && transaction.getApplicationData() instanceof IntConsumer outcome) {
                outcome.accept(status);
            }
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
}
