package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.SipTransportKind;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
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
