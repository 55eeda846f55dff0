/** The relay's calls: how they arrive, which events they receive, how they end. The boundary to Kafka and LiveKit. */
package dev.trunkline.relay.calls;
