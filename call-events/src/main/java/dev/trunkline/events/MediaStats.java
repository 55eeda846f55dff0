package dev.trunkline.events;

/**
 * What the relay counted on the phone's side since the call began.
 *
 * @param lost packets that the phone sent and that did not arrive (RFC 3550 appendix A.3)
 * @param jitterMillis interarrival jitter (RFC 3550 section 6.4.1)
 * @param mos estimated listening quality, 1.0 to 4.5 (ITU-T G.107, simplified)
 */
public record MediaStats(long packetsReceived, long packetsSent, long lost, double jitterMillis, double mos) {}
