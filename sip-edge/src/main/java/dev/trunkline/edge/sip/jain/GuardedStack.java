package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.SourceGuard;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.OIOMessageProcessorFactory;
import java.util.function.Consumer;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.address.Hop;

/** The stack with our own sockets under it. */
final class GuardedStack extends SipStackImpl {

    GuardedStack(
            ListenSettings settings, SourceGuard guard, InvitesUnderWay invites, Consumer<DropReason> drops)
            throws PeerUnavailableException {
        super(StackProperties.of(settings));
        this.networkLayer = new GuardedNetwork(guard, invites, drops);
        var udp = new OIOMessageProcessorFactory();
        setMessageProcessorFactory((stack, address, port, transport) -> transport.equalsIgnoreCase("tcp")
                ? new GuardedTcpProcessor(address, stack, port, guard)
                : udp.createMessageProcessor(stack, address, port, transport));
    }

    /** The hop that the dialog chose, where it chose one; otherwise as the route and the Request-URI say. */
    @Override
    public Hop getNextHop(SIPRequest request) throws SipException {
        return request.getApplicationData() instanceof Hop hop ? hop : super.getNextHop(request);
    }
}
