package dev.trunkline.phone.sip;

/**
 * A request.
 *
 * @param method  such as INVITE
 * @param uri     the Request-URI, as written
 * @param headers all except Content-Length
 * @param body    often empty
 */
public record SipRequest(String method, String uri, Headers headers, String body) implements SipMessage {
    @Override
    public String startLine() {
        return method + " " + uri + " SIP/2.0";
    }
}
