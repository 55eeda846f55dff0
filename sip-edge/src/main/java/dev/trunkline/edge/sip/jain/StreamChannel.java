package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.PacketSource;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import org.jboss.logging.Logger;

/** One connection as the stack sees it. */
final class StreamChannel extends ConnectionOrientedMessageChannel implements StreamConnection.Reader {
    private static final Logger LOG = Logger.getLogger(StreamChannel.class);

    private final StreamProcessor processor;
    private final StreamConnection connection;
    private final CheckedParser parser = new CheckedParser();

    StreamChannel(StreamProcessor processor, StreamConnection connection) {
        super(processor.getSIPStack());
        PacketSource source = connection.source();
        this.processor = processor;
        this.connection = connection;
        this.messageProcessor = processor;
        this.peerAddress = source.address();
        this.peerPort = source.port();
        this.peerProtocol = source.transport().name();
        this.myAddress = processor.getIpAddress().getHostAddress();
        this.myPort = processor.getPort();
        this.key = getKey(source.address(), source.port(), getTransport());
        // The processor keeps its connections itself.
        this.isCached = true;
    }

    StreamConnection connection() {
        return connection;
    }

    PacketSource source() {
        return connection.source();
    }

    /** The port that the peer's Via names, at which it takes connections, or says so; 0 before its first request. */
    int advertisedPort() {
        return Math.max(0, peerPortAdvertisedInHeaders);
    }

    @Override
    public void opened() {
        processor.opened(this);
    }

    @Override
    public void message(byte[] bytes) {
        take(parser.parse(bytes));
    }

    @Override
    public void broken(byte[] head) {
        take(parser.parse(head));
    }

    private void take(SIPMessage message) {
        if (message == null) {
            return;
        }
        try {
            processMessage(message);
        } catch (Exception e) {
            // The stack throws what it has answered already, and what a peer's headers make impossible.
            LOG.debugf("a message was not taken: %s", e.getClass().getSimpleName());
        }
    }

    @Override
    protected void sendMessage(byte[] bytes, boolean request) throws IOException {
        sendMessage(bytes, peerAddress, advertisedPort() > 0 ? advertisedPort() : peerPort, request);
    }

    /** Where the connection is gone, another is made (RFC 3261 section 18.2.2). */
    @Override
    public void sendMessage(byte[] bytes, InetAddress receiver, int port, boolean retry) throws IOException {
        if (!connection.send(bytes) && !processor.channelTo(receiver, port).connection.send(bytes)) {
            throw new IOException("the connection is closed");
        }
    }

    @Override
    protected void close(boolean removeSocket, boolean stopKeepAliveTask) {
        processor.close(this);
    }

    @Override
    public String getTransport() {
        return processor.getTransport();
    }

    @Override
    public boolean isSecure() {
        return processor.isSecure();
    }

    @Override
    public void handleException(
            ParseException fault, SIPMessage message, Class headerClass, String header, String text) {
        // Parsing is not the channel's: CheckedParser does it.
    }
}
