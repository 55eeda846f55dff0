package dev.trunkline.edge.sip.wire;

/**
 * What is wrong with a request, for its sender.
 *
 * @param status 400 or 505
 * @param text in words, without anything of the request in it
 */
public record Flaw(int status, String text) {
    public static Flaw bad(String text) {
        return new Flaw(400, text);
    }
}
