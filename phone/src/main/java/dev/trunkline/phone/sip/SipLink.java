package dev.trunkline.phone.sip;

import dev.trunkline.phone.loop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A phone's SIP socket: sends, and hands each received message to its transaction or its call. Used on the loop's thread,
 * except for opening.
 */
public final class SipLink {

    private static final System.Logger LOG = System.getLogger(SipLink.class.getName());
    private static final int LARGEST = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;

    /** A call, as the link sees it. */
    public interface Peer {
        /** Takes a request of the far end with this call's Call-ID. */
        void request(SipRequest request, InetSocketAddress source);
    }

    private final EventLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Duration t1;
    private final Map<String, ClientTransaction> transactions = new HashMap<>();
    private final Map<String, Peer> peers = new HashMap<>();
    private final Optional<Peer> newCalls;
    private final ByteBuffer incoming = ByteBuffer.allocate(LARGEST);

    /** @param newCalls receives INVITEs that begin a call; without it they are answered with 481 */
    public SipLink(EventLoop loop, InetSocketAddress bind, Duration t1, Optional<Peer> newCalls) throws IOException {
        this.loop = loop;
        this.t1 = t1;
        this.newCalls = newCalls;
        channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.bind(bind);
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot open UDP " + SipUri.hostPort(bind) + " for the phone: " + e.getMessage() + "; choose another SIP port, or 0 for any", e);
        }
        channel.configureBlocking(false);
        local = (InetSocketAddress) channel.getLocalAddress();
        loop.watch(channel, this::receive);
    }

    public InetSocketAddress local() {
        return local;
    }

    EventLoop loop() {
        return loop;
    }

    public Duration t1() {
        return t1;
    }

    /** Returns a Via of this socket. */
    public String via(String branch) {
        return "SIP/2.0/UDP " + SipUri.hostPort(local) + ";branch=" + branch + ";rport";
    }

    public void send(SipMessage message, InetSocketAddress destination) {
        try {
            channel.send(ByteBuffer.wrap(message.toBytes()), destination);
        } catch (IOException e) {
            // Counts as lost in transit: the retransmission timers handle it.
            LOG.log(System.Logger.Level.DEBUG, "a SIP message could not be sent", e);
        }
    }

    /** Sends a request and follows it to its final response. */
    public ClientTransaction start(SipRequest request, InetSocketAddress destination, ClientTransaction.Listener listener) {
        ClientTransaction transaction = new ClientTransaction(this, request, destination, listener);
        transactions.put(key(request), transaction);
        transaction.start();
        return transaction;
    }

    /** Hands requests with this Call-ID to that call. */
    public void attach(String callId, Peer peer) {
        peers.put(callId, peer);
    }

    public void detach(String callId) {
        peers.remove(callId);
    }

    /** Ends all transactions of a call without notification. */
    public void abandon(String callId) {
        List<ClientTransaction> own = transactions.values().stream().filter(each -> each.request().callId().equals(callId)).toList();
        own.forEach(ClientTransaction::abandon);
    }

    void forget(ClientTransaction transaction) {
        transactions.remove(key(transaction.request()), transaction);
    }

    public void close() {
        loop.close(channel);
    }

    private void receive() {
        try {
            while (channel.isOpen()) {
                InetSocketAddress source = (InetSocketAddress) channel.receive(incoming.clear());
                if (source == null) {
                    return;
                }
                dispatch(source);
            }
        } catch (IOException e) {
            // An error of one datagram; the socket stays in use.
            LOG.log(System.Logger.Level.DEBUG, "a datagram could not be received", e);
        }
    }

    private void dispatch(InetSocketAddress source) {
        try {
            switch (SipParser.parse(incoming.array(), incoming.position())) {
                case SipResponse response -> Optional.ofNullable(transactions.get(key(response))).ifPresent(transaction -> transaction.receive(response));
                case SipRequest request -> incomingRequest(request, source);
            }
        } catch (SipParseException | IllegalArgumentException e) {
            // Not SIP, so there is nobody to answer.
            LOG.log(System.Logger.Level.DEBUG, "a datagram was not SIP", e);
        }
    }

    private void incomingRequest(SipRequest request, InetSocketAddress source) {
        Peer peer = peers.get(request.callId());
        if (peer != null) {
            peer.request(request, source);
        } else if (request.method().equals("OPTIONS")) {
            send(Responses.to(request, 200, "OK", "", List.of(), ""), source);
        } else if (request.method().equals("INVITE") && newCalls.isPresent() && SipUri.parameter(request.headers().require("To"), "tag").isEmpty()) {
            newCalls.get().request(request, source);
        } else if (!request.method().equals("ACK")) {
            send(Responses.to(request, 481, "Call/Transaction Does Not Exist", "", List.of(), ""), source);
        }
    }

    private static String key(SipMessage message) {
        return message.branch() + " " + message.cseqMethod();
    }
}
