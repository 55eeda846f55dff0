package dev.trunkline.edge.sip.jain;

import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.InetAddress;

/** The stack's own UDP, which tells how many datagrams wait to be parsed. */
final class CountedUdpProcessor extends UDPMessageProcessor {

    CountedUdpProcessor(InetAddress address, SIPTransactionStack stack, int port) throws IOException {
        super(address, stack, port);
    }

    int unread() {
        return messageQueue.size();
    }
}
