/** Where a caller is forwarded if nobody here speaks to the caller: the attempts in order, and the next one. Pure: no I/O, no clock. */
package dev.trunkline.relay.onward;
