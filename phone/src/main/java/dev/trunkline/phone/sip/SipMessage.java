package dev.trunkline.phone.sip;

import java.nio.charset.StandardCharsets;

/** A SIP message (RFC 3261 7). */
public sealed interface SipMessage permits SipRequest, SipResponse {

    /** All headers but Content-Length, which is written from the body. */
    Headers headers();

    /** The body as text, often empty. */
    String body();

    /** The first line, without its line break. */
    String startLine();

    /** As it goes into a datagram. */
    default byte[] toBytes() {
        StringBuilder text = new StringBuilder(700).append(startLine()).append("\r\n");
        for (Header header : headers().lines()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        text.append("Content-Length: ").append(body().getBytes(StandardCharsets.UTF_8).length).append("\r\n\r\n").append(body());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The Call-ID. */
    default String callId() {
        return headers().require("Call-ID");
    }

    /** The sequence number of CSeq. */
    default long cseq() {
        return Long.parseLong(cseqParts()[0]);
    }

    /** The method of CSeq. */
    default String cseqMethod() {
        return cseqParts()[1];
    }

    /** The branch of the topmost Via, or empty. */
    default String branch() {
        return SipUri.parameter(headers().elements("Via").stream().findFirst().orElse(""), "branch").orElse("");
    }

    private String[] cseqParts() {
        String[] parts = headers().require("CSeq").strip().split("\\s+");
        if (parts.length != 2 || !parts[0].matches("\\d{1,10}")) {
            throw new SipParseException("CSeq is not a number and a method: " + headers().require("CSeq"));
        }
        return parts;
    }
}
