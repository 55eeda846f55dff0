/**
 * What a call does, without doing it: states, inputs and effects are values, and
 * {@link dev.trunkline.edge.call.CallMachine} is a pure function between them. The package knows no socket, no clock and no
 * Kafka.
 */
package dev.trunkline.edge.call;
