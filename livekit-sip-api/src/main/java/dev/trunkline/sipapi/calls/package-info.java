/**
 * The state of calls according to the events on Kafka: which are live, their ids in LiveKit, and the outcome of those that
 * requests wait for.
 */
package dev.trunkline.sipapi.calls;
