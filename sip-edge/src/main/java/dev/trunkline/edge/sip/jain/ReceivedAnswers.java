package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.SipAnswer;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.header.ContentTypeHeader;

/** Makes our records out of the stack's responses. */
final class ReceivedAnswers {
    private ReceivedAnswers() {}

    static SipAnswer of(SIPResponse response) {
        return new SipAnswer(
                response.getStatusCode(),
                response.getCSeq().getMethod(),
                response.getCSeq().getSeqNumber(),
                response.getCallId().getCallId(),
                text(response.getFromTag()),
                text(response.getToTag()),
                ReceivedRequests.contact(response),
                ReceivedRequests.headers(response),
                sdp(response));
    }

    private static String text(String tag) {
        return tag == null ? "" : tag;
    }

    private static Optional<String> sdp(SIPResponse response) {
        byte[] content = response.getRawContent();
        ContentTypeHeader type = response.getContentTypeHeader();
        boolean description = type != null
                && type.getContentType().equalsIgnoreCase("application")
                && type.getContentSubType().equalsIgnoreCase("sdp");
        return content == null || content.length == 0 || !description
                ? Optional.empty()
                : Optional.of(new String(content, StandardCharsets.UTF_8));
    }
}
