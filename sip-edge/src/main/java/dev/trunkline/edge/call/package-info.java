/**
 * What a call does, without doing it: states, inputs and effects are values, {@link dev.trunkline.edge.call.CallMachine}
 * a pure function between them. Knows no socket, no clock and no Kafka.
 */
package dev.trunkline.edge.call;
