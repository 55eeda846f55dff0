package dev.trunkline.phone;

import dev.trunkline.phone.sip.Headers;

/**
 * The final response to a request inside a call; 408 with no headers if none came (RFC 3261 8.1.3.1).
 *
 * @param status  200–699
 * @param reason  its reason phrase
 * @param headers its headers
 * @param body    its body, often empty
 */
public record Reply(int status, String reason, Headers headers, String body) {
    /** Whether it is a 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }
}
