package dev.trunkline.phone.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A dialog as the phone holds it (RFC 3261 12).
 *
 * @param callId of all its messages
 * @param local  our From, with its tag
 * @param remote their To, with its tag
 * @param target the remote target: the URI of their Contact
 * @param routes the route set, next hop first
 * @param cseq   of our last request
 */
public record Dialog(String callId, String local, String remote, String target, List<String> routes, long cseq) {

    public Dialog {
        routes = List.copyOf(routes);
    }

    /** Returns the dialog that a 2xx to our INVITE creates (12.1.2). */
    public static Dialog of(SipRequest invite, SipResponse answer) {
        String target = answer.headers().elements("Contact").stream().findFirst().map(SipUri::ofAddress).orElse(invite.uri());
        return new Dialog(
                invite.callId(),
                invite.headers().require("From"),
                answer.headers().require("To"),
                target,
                answer.headers().elements("Record-Route").reversed(),
                invite.cseq());
    }

    /** Returns the dialog that our 2xx to their INVITE creates (12.1.1). @param tag ours */
    public static Dialog answering(SipRequest invite, String tag) {
        String target = invite.headers().elements("Contact").stream().findFirst().map(SipUri::ofAddress)
                .orElseThrow(() -> new SipParseException("no Contact header"));
        return new Dialog(
                invite.callId(),
                invite.headers().require("To") + ";tag=" + tag,
                invite.headers().require("From"),
                target,
                invite.headers().elements("Record-Route"),
                0);
    }

    /** Returns where a request of this dialog goes. */
    public InetSocketAddress hop() {
        return SipUri.destination(routes.isEmpty() ? target : SipUri.ofAddress(routes.getFirst()));
    }

    /** Returns the tag of the far end; empty if it has none. */
    public String remoteTag() {
        return SipUri.parameter(remote, "tag").orElse("");
    }

    /** Returns a copy with the next sequence number. */
    public Dialog advanced() {
        return new Dialog(callId, local, remote, target, routes, cseq + 1);
    }

    /** Returns a copy with a new remote target, if the message has a Contact (12.2.1.2, target refresh). */
    public Dialog refreshedBy(SipMessage message) {
        return message.headers().elements("Contact").stream().findFirst()
                .map(contact -> new Dialog(callId, local, remote, SipUri.ofAddress(contact), routes, cseq))
                .orElse(this);
    }

    /** Returns a request of this dialog (12.2.1.1), with this sequence number. */
    public SipRequest request(String method, String via, long sequence, List<Header> more, String body) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Via", via));
        headers.add(new Header("Max-Forwards", "70"));
        headers.add(new Header("From", local));
        headers.add(new Header("To", remote));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", sequence + " " + method));
        routes.forEach(route -> headers.add(new Header("Route", route)));
        headers.addAll(more);
        return new SipRequest(method, target, new Headers(headers), body);
    }
}
