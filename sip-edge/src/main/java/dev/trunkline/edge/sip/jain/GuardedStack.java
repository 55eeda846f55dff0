package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.SipTransportKind;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.lang.reflect.Field;
import java.util.List;
import java.util.ListIterator;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** The stack with our own sockets under it. */
final class GuardedStack extends SipStackImpl {

    GuardedStack(
            ListenSettings settings, StreamParts streams, InvitesUnderWay invites, UnreadDatagrams unread)
            throws PeerUnavailableException {
        super(StackProperties.of(settings));
        this.networkLayer = new GuardedNetwork(streams.guard(), invites, unread::farTooMany, streams.watch()::dropped);
        setMessageParserFactory(stack -> new CheckedParser());
        sendFromListeners();
        sipMessageValves.add(new RefusalValve(streams.watch()));
        setMessageProcessorFactory((stack, address, port, transport) -> {
            SipTransportKind kind = SipTransportKind.of(transport);
            if (kind.isStream()) {
                return new StreamProcessor(address, port, kind, stack, streams);
            }
            var udp = new CountedUdpProcessor(address, stack, port);
            unread.add(udp);
            return udp;
        });
    }

    /**
     * What goes by UDP leaves by the socket that listens: a NAT lets in what comes from there and nothing else. The
     * stack opens a socket for each message unless its own factory of processors has set this.
     */
    private void sendFromListeners() {
        try {
            Field flag = SIPTransactionStack.class.getDeclaredField("udpFlag");
            flag.setAccessible(true);
            flag.setBoolean(this, true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of the SIP stack is not the one that was tried", e);
        }
    }

    /** The hop that the dialog chose, where it chose one; otherwise as the route and the Request-URI say. */
    @Override
    public Hop getNextHop(SIPRequest request) throws SipException {
        return request.getApplicationData() instanceof Hop hop ? hop : super.getNextHop(request);
    }

    /** What is sent without a transaction, an ACK of a 2xx, is routed here: the same way as the rest. */
    @Override
    public Router getRouter(SIPRequest request) {
        return request.getApplicationData() instanceof Hop hop ? new OneWay(hop) : super.getRouter(request);
    }

    private record OneWay(Hop hop) implements Router {
        @Override
        public Hop getNextHop(Request request) {
            return hop;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public ListIterator getNextHops(Request request) {
            return List.of(hop).listIterator();
        }

        @Override
        public Hop getOutboundProxy() {
            return null;
        }
    }
}
