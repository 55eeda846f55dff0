package dev.trunkline.sip.message;

/**
 * Why a request is refused before anybody looks at what it asks for.
 *
 * @param status of the response
 * @param text for its Warning header (RFC 3261 section 20.43), in words that help who wrote the message; nothing of it is
 *     taken from the message
 */
public record Flaw(int status, String text) {
    public static Flaw bad(String text) {
        return new Flaw(400, text);
    }
}
