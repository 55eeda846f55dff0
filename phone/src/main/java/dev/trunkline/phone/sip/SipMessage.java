package dev.trunkline.phone.sip;

import java.nio.charset.StandardCharsets;

/** A SIP message (RFC 3261 7). */
public sealed interface SipMessage permits SipRequest, SipResponse {

    /** Returns all headers except Content-Length, which is derived from the body. */
    Headers headers();

    /** Returns the body as text, often empty. */
    String body();

    /** Returns the first line, without its line break. */
    String startLine();

    /** Returns the message as sent in a datagram. */
    default byte[] toBytes() {
        StringBuilder text = new StringBuilder(700).append(startLine()).append("\r\n");
        for (Header header : headers().lines()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        text.append("Content-Length: ").append(body().getBytes(StandardCharsets.UTF_8).length).append("\r\n\r\n").append(body());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the Call-ID. */
    default String callId() {
        return headers().require("Call-ID");
    }

    /** Returns the sequence number of CSeq. */
    default long cseq() {
        return Long.parseLong(cseqParts()[0]);
    }

    /** Returns the method of CSeq. */
    default String cseqMethod() {
        return cseqParts()[1];
    }

    /** Returns the branch of the topmost Via; empty if it has none. */
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
