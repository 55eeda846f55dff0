package dev.trunkline.bus;

/**
 * A channel is out of its group for good: another process has taken its member's name, or the clock by which Kafka's client counts its
 * heartbeats was set back. Its service observes this event and ends, so that it is restarted; a process that is alive and consumes
 * nothing would be worse than none.
 *
 * @param channel name of the channel
 */
public record ChannelLost(String channel) {}
