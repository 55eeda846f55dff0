package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.Destination;
import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.Listener;
import dev.trunkline.edge.sip.OutgoingRequest;
import dev.trunkline.edge.sip.PacketSource;
import dev.trunkline.edge.sip.SipAnswer;
import dev.trunkline.edge.sip.SipBindException;
import dev.trunkline.edge.sip.SipHandler;
import dev.trunkline.edge.sip.SipTransport;
import dev.trunkline.edge.sip.SourceGuard;
import dev.trunkline.edge.sip.TransportWatch;
import dev.trunkline.edge.sip.tls.ReloadedTls;
import dev.trunkline.edge.sip.tls.UnusableCertificateException;
import gov.nist.javax.sip.Utils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TooManyListenersException;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.jboss.logging.Logger;

/** SIP on the wire by the JAIN-SIP reference implementation. */
public final class JainSipTransport implements SipTransport {
    private static final Logger LOG = Logger.getLogger(JainSipTransport.class);
    private static final int SERVICE_UNAVAILABLE = 503;

    private final ListenSettings settings;
    private final UnreadDatagrams unread;
    private final InvitesUnderWay invites;
    private final Optional<ReloadedTls> tls;
    private final GuardedStack stack;
    private volatile Optional<SipHandler> handler = Optional.empty();
    private volatile Endpoints endpoints = new Endpoints(List.of());
    private volatile boolean listening;

    /**
     * Builds the stack; no port is opened before {@link #start}.
     *
     * @throws SipBindException if there is no usable certificate for TLS; it says what to do
     */
    public JainSipTransport(ListenSettings settings, SourceGuard guard, TransportWatch watch) {
        this.settings = settings;
        unread = new UnreadDatagrams(settings.unread());
        invites = new InvitesUnderWay(unread::tooMany, System::nanoTime);
        try {
            tls = settings.tls().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ReloadedTls(settings.tls().get(), Clock.systemUTC(), watch));
            stack = new GuardedStack(
                    settings, new StreamParts(guard, settings.limits(), watch, tls, this::inUse), invites, unread);
        } catch (UnusableCertificateException e) {
            throw new SipBindException("SIP over TLS cannot be offered: " + e.getMessage(), e);
        } catch (PeerUnavailableException e) {
            throw new IllegalStateException("the SIP stack does not take its settings", e);
        }
    }

    private boolean inUse(PacketSource connection) {
        return handler.filter(calls -> calls.inUse(connection)).isPresent();
    }

    @Override
    public void start(SipHandler handler) {
        this.handler = Optional.of(handler);
        var opened = new ArrayList<Endpoint>();
        var listener = new RequestListener(handler, () -> endpoints, invites);
        for (Listener each : settings.listeners()) {
            try {
                // A provider has one listener of a transport, so each has its own.
                SipProvider provider = stack.createSipProvider(
                        stack.createListeningPoint(each.address(), each.port(), each.transport().code()));
                opened.add(new Endpoint(each, provider, new Composer(settings, each)));
            } catch (SipException | InvalidArgumentException e) {
                stack.stop();
                throw new SipBindException("SIP cannot listen on " + each + ": is the port taken (set"
                        + " TRUNKLINE_SIP_PORT, TRUNKLINE_SIP_TLS_PORT or TRUNKLINE_SIP_LISTEN), is the address of this"
                        + " machine (set TRUNKLINE_BIND)?", e);
            }
        }
        endpoints = new Endpoints(opened);
        try {
            for (Endpoint endpoint : opened) {
                endpoint.provider().addSipListener(listener);
            }
            stack.start();
        } catch (SipException | TooManyListenersException e) {
            stack.stop();
            throw new IllegalStateException("the SIP stack does not start", e);
        }
        listening = true;
        tls.ifPresent(certificates -> Thread.ofVirtual().name("sip-certificates").start(() -> look(certificates)));
    }

    private void look(ReloadedTls certificates) {
        while (listening) {
            try {
                Thread.sleep(settings.tls().orElseThrow().look());
            } catch (InterruptedException e) {
                return;
            }
            certificates.look();
        }
    }

    @Override
    public void send(OutgoingRequest out, Consumer<SipAnswer> outcome) {
        try {
            Sending sending = prepared(out);
            ClientTransaction transaction = sending.endpoint().provider().getNewClientTransaction(sending.request());
            transaction.setApplicationData(new Asked(out, outcome));
            transaction.sendRequest();
        } catch (SipException
                | ParseException
                | InvalidArgumentException
                | UnknownHostException
                | RuntimeException e) {
            LOG.warnf("%s could not be sent: %s", out.method(), e.getClass().getSimpleName());
            outcome.accept(SipAnswer.missing(out, SERVICE_UNAVAILABLE));
        }
    }

    @Override
    public void acknowledge(OutgoingRequest ack) {
        try {
            Sending sending = prepared(ack);
            // The stack gives a branch to transactions only.
            ((ViaHeader) sending.request().getHeader(ViaHeader.NAME)).setBranch(Utils.getInstance().generateBranchId());
            sending.endpoint().provider().sendRequest(sending.request());
        } catch (SipException
                | ParseException
                | InvalidArgumentException
                | UnknownHostException
                | RuntimeException e) {
            LOG.warnf("ACK could not be sent: %s", e.getClass().getSimpleName());
        }
    }

    private record Sending(Endpoint endpoint, Request request) {}

    private Sending prepared(OutgoingRequest out)
            throws SipException, ParseException, InvalidArgumentException, UnknownHostException {
        Destination destination = Destination.of(out);
        InetAddress address = InetAddress.getByName(destination.host());
        // Where its own transport is none of ours, its dialog's may do.
        Endpoint endpoint = endpoints.towards(destination.transport(), address)
                .or(() -> endpoints.towards(out.transport(), address))
                .orElseThrow(() -> new SipException("there is no listener for " + destination.transport()));
        return new Sending(
                endpoint, endpoint.composer().request(out, new InetSocketAddress(address, destination.port())));
    }

    /** A request that waits for its answer. */
    record Asked(OutgoingRequest request, Consumer<SipAnswer> outcome) {}

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public int unread() {
        return unread.count();
    }

    @Override
    public void close() {
        listening = false;
        stack.stop();
    }
}
