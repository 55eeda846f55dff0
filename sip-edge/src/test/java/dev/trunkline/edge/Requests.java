package dev.trunkline.edge;

import dev.trunkline.edge.sip.PacketSource;
import dev.trunkline.edge.sip.Party;
import dev.trunkline.edge.sip.SipHeaders;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.SipTransportKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests made without a wire. */
public final class Requests {
    private Requests() {}

    public static SipRequest invite(Party from, Map<String, List<String>> headers, List<String> recordRoutes) {
        return invite("sip:+3225550100@edge", from, headers, recordRoutes, "application/sdp", "v=0\r\n");
    }

    public static SipRequest invite(String callId, Party from, Map<String, List<String>> headers) {
        SipRequest invite = invite(from, headers, List.of());
        return new SipRequest(invite.method(), invite.requestUri(), invite.requestUser(), callId, invite.from(),
                invite.to(), invite.cseq(), invite.branch(), invite.contact(), invite.recordRoutes(), invite.headers(),
                invite.contentType(), invite.body(), invite.source());
    }

    public static SipRequest invite(
            String uri,
            Party from,
            Map<String, List<String>> headers,
            List<String> recordRoutes,
            String contentType,
            String body) {
        return new SipRequest("INVITE", uri, "+3225550100", "call@host", from,
                new Party("sip:+3225550100@edge", "+3225550100", "edge", Optional.empty(), Optional.empty()), 7,
                "z9hG4bK1", Optional.of("sip:anna@192.0.2.1:5062"), recordRoutes, SipHeaders.of(headers), contentType,
                body, new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 5066, SipTransportKind.UDP));
    }

    public static Party from(String user, String host, String name) {
        return new Party("sip:" + user + "@" + host, user, host, Optional.of(name).filter(text -> !text.isEmpty()),
                Optional.of("fromtag"));
    }
}
