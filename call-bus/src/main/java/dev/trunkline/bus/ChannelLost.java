package dev.trunkline.bus;

/**
 * A channel is out of its group for good: another process has taken its member's name, or the clock was set back, by which Kafka's client
 * counts its heartbeats. Its service observes this and ends, so that it is started anew; a process that lives and hears nothing would be
 * worse than none.
 *
 * @param channel name of the channel
 */
public record ChannelLost(String channel) {}
