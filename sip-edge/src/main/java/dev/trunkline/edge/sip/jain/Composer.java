package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ListenSettings;
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
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
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

    Composer(ListenSettings settings) {
        this.settings = settings;
    }

    Response response(SIPRequest request, SipReply reply, SipTransportKind transport)
            throws ParseException, SipException {
        SIPResponse response = request.createResponse(reply.status());
        if (reply.toTag().isPresent() && request.getToTag() == null) {
            ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(reply.toTag().get());
        }
        for (SipHeader header : reply.headers()) {
            response.addHeader(asWritten(header));
        }
        if (reply.contact()) {
            response.addHeader(contact(transport));
        }
        if (reply.sdp().isPresent()) {
            response.setContent(reply.sdp().get(), headers.createContentTypeHeader("application", "sdp"));
        }
        return response;
    }

    Request request(OutgoingRequest out) throws ParseException, SipException, InvalidArgumentException {
        String transport = out.transport().name();
        // The stack gives the branch.
        ViaHeader via = headers.createViaHeader(bracketed(settings.advertised()), settings.port(), transport, null);
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
        out.hop().ifPresent(hop ->
                ((SIPRequest) request).setApplicationData(new HopImpl(hop.host(), hop.port(), transport)));
        return request;
    }

    /** Where the other side shall send the dialog's requests: the advertised address, not the bound one. */
    private Header contact(SipTransportKind transport) throws ParseException {
        SipURI uri = addresses.createSipURI("trunkline", bracketed(settings.advertised()));
        uri.setPort(settings.port());
        if (transport != SipTransportKind.UDP) {
            uri.setTransportParam(transport.code());
        }
        Address address = addresses.createAddress(uri);
        return headers.createContactHeader(address);
    }

    /** A header that nothing in the stack looks at needs no parsing. */
    private static Header asWritten(SipHeader header) {
        var written = new ExtensionHeaderImpl(header.name());
        written.setValue(header.value());
        return written;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }
}
