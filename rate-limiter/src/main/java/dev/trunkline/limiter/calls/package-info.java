/**
 * Consumes routed calls and the events that end them, admits or rejects, and keeps their slots while they live: the layer around
 * {@code ledger}.
 */
package dev.trunkline.limiter.calls;
