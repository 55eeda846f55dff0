package dev.trunkline.sip.message;

import java.util.List;
import java.util.Optional;

/** Writes messages as octets, without intermediate strings. A CR, LF or NUL in a value is written as a blank. */
public final class MessageWriter {
    private static final int USUAL = 1024;
    private static final int FORWARDS = 70;

    private MessageWriter() {}

    /**
     * Writes a response: Via (all, in order, the topmost with {@code received} and {@code rport} as RFC 3581 section 4 and RFC
     * 3261 section 18.2.1 require), From, To (with the reply's tag if the request has none), Call-ID, CSeq, Record-Route (if
     * the response may create a dialog, RFC 3261 section 12.1.1), then the reply's own fields.
     *
     * @param contact the whole value, with angle brackets
     */
    public static byte[] response(SipRequest request, OutgoingResponse reply, Optional<String> contact) {
        var out = new Octets(USUAL);
        var echo = new Echo(request.head());
        echo.write(out, reply.status(), request.source(), reply.toTag());
        if (reply.status() == 100) {
            // RFC 3261 section 8.2.6.1.
            request.headers().first("Timestamp").ifPresent(time -> out.field("Timestamp", time));
        }
        if (reply.status() > 100 && reply.status() < 300 && Methods.mayBeginDialog(request.method())) {
            echo.copyAll(out, Head.RECORD_ROUTE, "Record-Route");
        }
        return finished(out, reply.headers(), contact, reply.sdp());
    }

    /**
     * @param via value of the only Via, with its branch
     * @param contact the whole value, with angle brackets
     */
    public static byte[] request(OutgoingRequest request, String via, Optional<String> contact) {
        var out = new Octets(USUAL);
        out.text(request.method()).text(" ").uri(request.requestUri()).text(" SIP/2.0").endLine();
        out.field("Via", via);
        if (!names(request.headers(), "Max-Forwards")) {
            out.text("Max-Forwards: ").number(FORWARDS).endLine();
        }
        for (String route : request.routes()) {
            out.field("Route", route);
        }
        parties(out, request);
        return finished(out, request.headers(), contact, request.sdp());
    }

    /**
     * Writes the ACK of a response other than 2xx, which the transaction sends (RFC 3261 section 17.1.1.3).
     *
     * @param invite as it was sent
     */
    public static byte[] ack(byte[] invite, SipResponse response) {
        Head answer = response.head();
        int to = answer.first(Head.TO);
        var out = new Octets(USUAL);
        likeInvite(out, Head.of(invite, 0), SipRequest.ACK,
                () -> out.field("To", answer.octets(), answer.from(to), answer.to(to)));
        return out.withBody("");
    }

    /** Writes the CANCEL of an INVITE that was sent (RFC 3261 section 9.1). */
    public static byte[] cancel(byte[] invite) {
        Head sent = Head.of(invite, 0);
        int to = sent.first(Head.TO);
        var out = new Octets(USUAL);
        likeInvite(out, sent, SipRequest.CANCEL, () -> out.field("To", invite, sent.from(to), sent.to(to)));
        return out.withBody("");
    }

    /**
     * Writes the part of a request that a response repeats (RFC 3261 section 8.2.6.2), for another process that may have to
     * answer it when this one has died: its request line, Via, From, To, Call-ID and CSeq.
     *
     * @param toTag tag of the dialog that provisional responses created
     */
    public static byte[] answerable(SipRequest request, String toTag) {
        var out = new Octets(USUAL);
        new Echo(request.head()).request(out, toTag);
        return out.withBody("");
    }

    /** Returns the response that stands for a missing one. */
    static byte[] missing(OutgoingRequest request, int status) {
        var out = new Octets(USUAL);
        out.text("SIP/2.0 ").number(status).text(" ").text(ReasonPhrases.of(status)).endLine();
        out.text("Via: SIP/2.0/").text(request.transport().name()).text(" localhost").endLine();
        parties(out, request);
        return out.withBody("");
    }

    private static void parties(Octets out, OutgoingRequest request) {
        out.text("From: ");
        if (!request.fromName().isEmpty()) {
            out.quoted(request.fromName()).text(" ");
        }
        party(out, "<", request.fromUri(), request.fromTag());
        party(out, "To: <", request.toUri(), request.toTag());
        out.field("Call-ID", request.callId());
        out.text("CSeq: ").number(request.cseq()).text(" ").text(request.method()).endLine();
    }

    private static void party(Octets out, String begin, String uri, String tag) {
        out.text(begin).uri(uri).text(">");
        if (!tag.isEmpty()) {
            out.text(";tag=").text(tag);
        }
        out.endLine();
    }

    /** Copies Request-URI, Via, Route, From, Call-ID and the sequence number from the INVITE, which we wrote. */
    private static void likeInvite(Octets out, Head invite, String method, Runnable to) {
        byte[] octets = invite.octets();
        int uri = Scan.indexOf(octets, 0, invite.lineEnd(), ' ');
        out.text(method).raw(octets, uri, invite.lineEnd()).endLine();
        int via = invite.first(Head.VIA);
        out.field("Via", octets, invite.from(via), invite.to(via));
        out.text("Max-Forwards: ").number(FORWARDS).endLine();
        new Echo(invite).copyAll(out, Head.ROUTE, "Route");
        int from = invite.first(Head.FROM);
        out.field("From", octets, invite.from(from), invite.to(from));
        to.run();
        int callId = invite.first(Head.CALL_ID);
        out.field("Call-ID", octets, invite.from(callId), invite.to(callId));
        int cseq = invite.first(Head.CSEQ);
        int digits = Scan.indexOf(octets, invite.from(cseq), invite.to(cseq), ' ');
        out.text("CSeq: ").raw(octets, invite.from(cseq), digits).text(" ").text(method).endLine();
    }

    private static byte[] finished(
            Octets out, List<SipHeader> headers, Optional<String> contact, Optional<String> body) {
        for (SipHeader header : headers) {
            out.field(header.name(), header.value());
        }
        if (contact.isPresent()) {
            out.field("Contact", contact.get());
        }
        String content = body.orElse("");
        if (!content.isEmpty() && !names(headers, "Content-Type")) {
            out.field("Content-Type", "application/sdp");
        }
        return out.withBody(content);
    }

    private static boolean names(List<SipHeader> headers, String name) {
        for (SipHeader header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
