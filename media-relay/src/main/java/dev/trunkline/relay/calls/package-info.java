/** The relay's calls: how they come, what they are told, how they end. The rim towards Kafka and LiveKit. */
package dev.trunkline.relay.calls;
