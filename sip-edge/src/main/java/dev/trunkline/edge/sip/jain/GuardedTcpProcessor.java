package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.SourceGuard;
import gov.nist.javax.sip.stack.NioTcpMessageChannel;
import gov.nist.javax.sip.stack.NioTcpMessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** TCP on one selector; a stranger's connection is reset before anything is read from it. */
final class GuardedTcpProcessor extends NioTcpMessageProcessor {
    private final SourceGuard guard;

    GuardedTcpProcessor(InetAddress address, SIPTransactionStack stack, int port, SourceGuard guard) {
        super(address, stack, port);
        this.guard = guard;
    }

    @Override
    public NioTcpMessageChannel createMessageChannel(NioTcpMessageProcessor processor, SocketChannel client)
            throws IOException {
        if (!guard.lets(client.socket().getInetAddress())) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            throw new UntrustedPeerException();
        }
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return super.createMessageChannel(processor, client);
    }
}
