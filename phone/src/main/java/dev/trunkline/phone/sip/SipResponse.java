package dev.trunkline.phone.sip;

/**
 * A response.
 *
 * @param status  100–699
 * @param reason  the reason phrase
 * @param headers all except Content-Length
 * @param body    often empty
 */
public record SipResponse(int status, String reason, Headers headers, String body) implements SipMessage {
    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }

    /** Returns whether it ends its transaction. */
    public boolean isFinal() {
        return status >= 200;
    }

    /** Returns whether it is a 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }
}
