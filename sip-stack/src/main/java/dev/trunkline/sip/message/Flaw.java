package dev.trunkline.sip.message;

/**
 * Why a request is rejected before its content is considered.
 *
 * @param status of the response
 * @param text for its Warning header (RFC 3261 section 20.43), in words that help the message's author; contains nothing from
 *     the message
 */
public record Flaw(int status, String text) {
    public static Flaw bad(String text) {
        return new Flaw(400, text);
    }
}
