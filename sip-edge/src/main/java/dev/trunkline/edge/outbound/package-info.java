/**
 * Outbound trunks: which there are, which of their gateways answer, which of them this edge registers. All of it runs on one thread,
 * which never blocks.
 */
package dev.trunkline.edge.outbound;
