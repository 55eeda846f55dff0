package dev.trunkline.relay.sdp;

/**
 * How keys are sent and received (RFC 4733).
 *
 * @param clockRate in which durations are counted: that of the audio, or 8000 if the phone offers no other
 */
public record TelephoneEvent(int payloadType, int clockRate) {}
