package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.HostPort;
import dev.trunkline.edge.sip.TransportWatch;
import dev.trunkline.edge.sip.wire.FlawReply;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.SipStack;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Between parsing and transactions: refuses what {@link CheckedParser} found to be no sound request. */
final class RefusalValve implements SIPMessageValve {
    private static final String MAGIC_COOKIE = "z9hG4bK";

    private final TransportWatch watch;

    RefusalValve(TransportWatch watch) {
        this.watch = watch;
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        if (request.getApplicationData() instanceof Flawed flawed) {
            refuse(flawed, request, channel);
            return false;
        }
        asItCame(request.getTopmostVia(), channel.getTransport());
        ofRfc2543(request, channel.getSIPStack());
        return true;
    }

    private void refuse(Flawed flawed, SIPRequest standIn, MessageChannel channel) {
        InetAddress address = standIn.getPeerPacketSourceAddress();
        int port = standIn.getPeerPacketSourcePort();
        Optional<byte[]> reply =
                FlawReply.to(flawed.request(), flawed.flaw(), new HostPort(address.getHostAddress(), port));
        watch.malformed(reply.isPresent());
        reply.ifPresent(bytes -> {
            try {
                channel.sendMessage(new Written(bytes), address, port);
            } catch (IOException e) {
                // Who sent it is gone.
            }
        });
    }

    /** The stack answers by the Via's transport, which a gateway between TLS and TCP, or a liar, has wrong. */
    private static void asItCame(Via via, String transport) {
        if (!transport.equalsIgnoreCase(via.getTransport())) {
            try {
                via.setTransport(transport);
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What RFC 2543 left to the client and the stack refuses to go without; RFC 4475 section 3.4.1 wants it taken. */
    private static void ofRfc2543(SIPRequest request, SIPTransactionStack stack) {
        String branch = request.getTopmostVia().getBranch();
        if (branch != null && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length())) {
            return;
        }
        try {
            // The stack looks for an ACK of no transaction by its branch, and stumbles where there is none.
            if (branch == null
                    && request.getMethod().equals(Request.ACK)
                    && stack.findTransaction(request.getTransactionId(), true) == null) {
                request.getTopmostVia().setBranch("rfc2543");
            }
            if (request.getMaxForwards() == null) {
                var hops = new MaxForwards();
                hops.setMaxForwards(70);
                request.addHeader(hops);
            }
            if (request.getMethod().equals(Request.INVITE) && request.getContactHeader() == null) {
                var contact = new Contact();
                contact.setAddress(request.getFrom().getAddress());
                request.addHeader(contact);
            }
        } catch (InvalidArgumentException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        return true;
    }

    @Override
    public void init(SipStack stack) {}

    @Override
    public void destroy() {}

    /** A response that is written already. */
    private static final class Written extends SIPResponse {
        private final transient byte[] bytes;

        Written(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] encodeAsBytes(String transport) {
            return bytes;
        }

        @Override
        public String getTransactionId() {
            return "";
        }
    }
}
