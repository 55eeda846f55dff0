package dev.trunkline.phone;

import dev.trunkline.phone.sip.Headers;

/**
 * The final response to a request inside a call; 408 without headers if none arrived (RFC 3261 8.1.3.1).
 *
 * @param status  200–699
 * @param reason  its reason phrase
 * @param headers its headers
 * @param body    its body, often empty
 */
public record Reply(int status, String reason, Headers headers, String body) {
    /** Returns whether it is a 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }
}
