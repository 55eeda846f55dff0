package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.PacketSource;
import dev.trunkline.edge.sip.Party;
import dev.trunkline.edge.sip.SipHeaders;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.SipUri;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.header.RecordRouteHeader;

/** Makes our records out of the stack's messages. */
final class ReceivedRequests {
    private ReceivedRequests() {}

    static SipRequest of(SIPRequest request) {
        var from = request.getFrom();
        var to = request.getTo();
        byte[] content = request.getRawContent();
        return new SipRequest(
                request.getMethod(),
                request.getRequestURI().toString(),
                user(request.getRequestURI()),
                request.getCallId().getCallId(),
                party(from.getAddress(), from.getTag()),
                party(to.getAddress(), to.getTag()),
                request.getCSeq().getSeqNumber(),
                Optional.ofNullable(request.getTopmostVia().getBranch()).orElse(""),
                contact(request),
                values(request.getHeaders(RecordRouteHeader.NAME)),
                headers(request),
                contentType(request),
                content == null ? "" : new String(content, StandardCharsets.UTF_8),
                source(request));
    }

    private static Party party(Address address, String tag) {
        URI uri = address.getURI();
        return new Party(
                uri.toString(),
                user(uri),
                uri instanceof SipURI sip ? Optional.ofNullable(sip.getHost()).orElse("") : "",
                Optional.ofNullable(address.getDisplayName()).filter(name -> !name.isBlank()),
                Optional.ofNullable(tag));
    }

    private static String user(URI uri) {
        String user =
                switch (uri) {
                    case SipURI sip -> sip.getUser();
                    case TelURL tel -> SipUri.user(tel.toString());
                    default -> "";
                };
        return user == null ? "" : user;
    }

    static Optional<String> contact(SIPMessage message) {
        return message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                        && contact.getAddress() != null
                        && !contact.getAddress().isWildcard()
                ? Optional.of(contact.getAddress().getURI().toString())
                : Optional.empty();
    }

    private static String contentType(SIPRequest request) {
        ContentTypeHeader type = request.getContentTypeHeader();
        return type == null
                ? ""
                : (type.getContentType() + "/" + type.getContentSubType()).toLowerCase(Locale.ROOT);
    }

    private static PacketSource source(SIPRequest request) {
        return request.getMessageChannel() instanceof StreamChannel stream
                ? stream.source()
                : new PacketSource(
                        request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort(), SipTransportKind.UDP);
    }

    static SipHeaders headers(SIPMessage message) {
        return new SipHeaders() {
            @Override
            public List<String> values(String name) {
                return ReceivedRequests.values(message.getHeaders(name));
            }

            @Override
            public Set<String> names() {
                var names = new LinkedHashSet<String>();
                message.getHeaderNames().forEachRemaining(names::add);
                return names;
            }
        };
    }

    private static List<String> values(ListIterator<? extends Header> headers) {
        var values = new ArrayList<String>(2);
        while (headers != null && headers.hasNext()) {
            String line = headers.next().toString();
            values.add(line.substring(line.indexOf(':') + 1).strip());
        }
        return values;
    }
}
