/** Where a caller goes on whom nobody here speaks to: what is tried one after the other, and what is next. Pure: no I/O, no clock. */
package dev.trunkline.relay.onward;
