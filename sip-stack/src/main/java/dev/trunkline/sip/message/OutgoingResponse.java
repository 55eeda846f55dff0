package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response to a request: the part that the transaction cannot copy from the request.
 *
 * @param toTag our tag; empty leaves the To header unchanged
 * @param contact whether it carries our Contact: the peer's remote target for the dialog
 */
public record OutgoingResponse(
        int status, Optional<String> toTag, List<SipHeader> headers, Optional<String> sdp, boolean contact) {

    public OutgoingResponse {
        headers = List.copyOf(headers);
    }

    public static OutgoingResponse of(int status) {
        return new OutgoingResponse(status, Optional.empty(), List.of(), Optional.empty(), false);
    }

    public OutgoingResponse tagged(String tag) {
        return new OutgoingResponse(status, Optional.of(tag), headers, sdp, contact);
    }

    public OutgoingResponse with(SipHeader header) {
        var more = new ArrayList<>(headers);
        more.add(header);
        return new OutgoingResponse(status, toTag, more, sdp, contact);
    }

    public OutgoingResponse with(List<SipHeader> more) {
        OutgoingResponse reply = this;
        for (SipHeader header : more) {
            reply = reply.with(header);
        }
        return reply;
    }

    public OutgoingResponse withSdp(String description) {
        return new OutgoingResponse(status, toTag, headers, Optional.of(description), contact);
    }

    /**
     * Returns whether this is a 2xx, or a provisional response with an RSeq (RFC 3262): it is sent again until it is
     * acknowledged.
     */
    public boolean isRepeated() {
        return status / 100 == 2
                || status > 100 && status < 200 && headers.stream().anyMatch(header -> header.name().equals("RSeq"));
    }

    public OutgoingResponse withContact() {
        return new OutgoingResponse(status, toTag, headers, sdp, true);
    }
}
