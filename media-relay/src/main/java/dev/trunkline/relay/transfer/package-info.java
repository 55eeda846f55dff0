/** What may be requested about a call's hand-over, and how often: no I/O; callers pass the time in. */
package dev.trunkline.relay.transfer;
