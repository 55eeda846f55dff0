package dev.trunkline.events;

/**
 * Identifies a caller without revealing who it is.
 *
 * @param pseudonym HMAC-SHA-256 of the E.164 number, 64 hexadecimal digits; for an anonymous caller, the pseudonym of
 *     its trunk's anonymous group
 * @param anonymous the caller withheld the number (RFC 3323)
 */
public record Caller(String pseudonym, boolean anonymous) {}
