package dev.trunkline.relay.sdp;

/**
 * How keys come and go (RFC 4733).
 *
 * @param clockRate in which durations are counted: that of the audio, or 8000 where the phone offers no other
 */
public record TelephoneEvent(int payloadType, int clockRate) {}
