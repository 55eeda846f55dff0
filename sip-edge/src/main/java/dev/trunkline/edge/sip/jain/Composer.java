package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.HostPort;
import dev.trunkline.edge.sip.ListenSettings;
import dev.trunkline.edge.sip.Listener;
import dev.trunkline.edge.sip.OutgoingRequest;
import dev.trunkline.edge.sip.SipHeader;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipTransportKind;
import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.HeaderFactory;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Makes the stack's messages out of our records. */
final class Composer {
    private final MessageFactory messages = new MessageFactoryImpl();
    private final HeaderFactory headers = new HeaderFactoryImpl();
    private final AddressFactory addresses = new AddressFactoryImpl();
    private final ListenSettings settings;
    private final Listener listener;

    /** @param listener that the messages come and go by */
    Composer(ListenSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    Response response(SIPRequest request, SipReply reply) throws ParseException, SipException {
        SIPResponse response = request.createResponse(reply.status());
        if (reply.toTag().isPresent() && request.getToTag() == null) {
            ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(reply.toTag().get());
        }
        for (SipHeader header : reply.headers()) {
            response.addHeader(asWritten(header));
        }
        if (reply.contact()) {
            response.addHeader(contact(request.getPeerPacketSourceAddress(), asksForSips(request)));
        }
        if (reply.sdp().isPresent()) {
            response.setContent(reply.sdp().get(), headers.createContentTypeHeader("application", "sdp"));
        }
        return response;
    }

    /** @param peer that it goes to */
    Request request(OutgoingRequest out, InetSocketAddress peer)
            throws ParseException, SipException, InvalidArgumentException {
        String transport = listener.transport().name();
        HostPort advertised = settings.advertised(listener, peer.getAddress());
        // The stack gives the branch.
        ViaHeader via =
                headers.createViaHeader(HostPort.bracketed(advertised.host()), advertised.port(), transport, null);
        via.setRPort();
        Request request = messages.createRequest(
                addresses.createURI(out.requestUri()),
                out.method(),
                headers.createCallIdHeader(out.callId()),
                headers.createCSeqHeader(out.cseq(), out.method()),
                headers.createFromHeader(addresses.createAddress(addresses.createURI(out.fromUri())), out.fromTag()),
                headers.createToHeader(
                        addresses.createAddress(addresses.createURI(out.toUri())),
                        out.toTag().isEmpty() ? null : out.toTag()),
                List.of(via),
                headers.createMaxForwardsHeader(70));
        for (String route : out.routes()) {
            request.addLast(headers.createHeader("Route", route));
        }
        for (SipHeader header : out.headers()) {
            request.addHeader(asWritten(header));
        }
        if (out.contact()) {
            request.addHeader(contact(peer.getAddress(), out.requestUri().regionMatches(true, 0, "sips:", 0, 5)));
        }
        if (out.sdp().isPresent()) {
            request.setContent(out.sdp().get(), headers.createContentTypeHeader("application", "sdp"));
        }
        ((SIPRequest) request).setApplicationData(
                new HopImpl(peer.getAddress().getHostAddress(), peer.getPort(), transport));
        return request;
    }

    /** Where the other side shall send the dialog's requests: the advertised address, not the bound one. */
    private Header contact(InetAddress peer, boolean sips) throws ParseException {
        HostPort advertised = settings.advertised(listener, peer);
        SipURI uri = addresses.createSipURI("trunkline", HostPort.bracketed(advertised.host()));
        uri.setPort(advertised.port());
        if (listener.transport() == SipTransportKind.TLS && sips) {
            uri.setSecure(true);
        } else if (listener.transport().isStream()) {
            uri.setTransportParam(listener.transport().code());
        }
        Address address = addresses.createAddress(uri);
        return headers.createContactHeader(address);
    }

    /** RFC 3261 section 12.1.1: the Request-URI, or the first Record-Route, or without one the Contact. */
    private static boolean asksForSips(SIPRequest request) {
        if (isSips(request.getRequestURI())) {
            return true;
        }
        Header route = request.getHeader(RecordRouteHeader.NAME);
        Header next = route == null ? request.getHeader(ContactHeader.NAME) : route;
        return next instanceof HeaderAddress named && named.getAddress() != null && isSips(named.getAddress().getURI());
    }

    private static boolean isSips(URI uri) {
        return uri instanceof SipURI sip && sip.isSecure();
    }

    /** A header that nothing in the stack looks at needs no parsing. */
    private static Header asWritten(SipHeader header) {
        var written = new ExtensionHeaderImpl(header.name());
        written.setValue(header.value());
        return written;
    }
}
