package dev.trunkline.phone;

/**
 * A digit received as RFC 4733 events.
 *
 * @param digit          0–9, *, #, A–D
 * @param durationMillis how long it was held, by the sender's clock
 */
public record ReceivedDigit(char digit, int durationMillis) {}
