package dev.trunkline.phone;

/**
 * A 1xx response.
 *
 * @param status     100–199
 * @param reason     its reason phrase
 * @param afterNanos time from the first INVITE
 * @param sdp        whether it carried a session description (early media)
 */
public record Provisional(int status, String reason, long afterNanos, boolean sdp) {}
