/**
 * Trunks that calls go out by: which there are, which of their gateways answer, which of them this edge registers. Everything of it runs
 * on one thread, which never waits.
 */
package dev.trunkline.edge.outbound;
