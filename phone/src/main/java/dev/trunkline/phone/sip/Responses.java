package dev.trunkline.phone.sip;

import java.util.ArrayList;
import java.util.List;

/** Builds responses to requests (RFC 3261 8.2.6). */
public final class Responses {

    private Responses() {}

    /** @param toTag added to To if the request has no tag there; empty adds none */
    public static SipResponse to(SipRequest request, int status, String reason, String toTag, List<Header> more, String body) {
        List<Header> headers = new ArrayList<>();
        request.headers().all("Via").forEach(via -> headers.add(new Header("Via", via)));
        request.headers().all("Record-Route").forEach(route -> headers.add(new Header("Record-Route", route)));
        headers.add(new Header("From", request.headers().require("From")));
        String to = request.headers().require("To");
        boolean tagged = toTag.isEmpty() || SipUri.parameter(to, "tag").isPresent();
        headers.add(new Header("To", tagged ? to : to + ";tag=" + toTag));
        headers.add(new Header("Call-ID", request.callId()));
        headers.add(new Header("CSeq", request.headers().require("CSeq")));
        headers.addAll(more);
        return new SipResponse(status, reason, new Headers(headers), body);
    }
}
