/** Does what {@code dev.trunkline.edge.call} decides: one mailbox a call, transactions, timers, events. */
package dev.trunkline.edge.calls;
