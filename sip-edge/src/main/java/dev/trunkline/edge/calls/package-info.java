/** Carries out what {@code dev.trunkline.edge.call} decides: one mailbox per call, transactions, timers, events. */
package dev.trunkline.edge.calls;
