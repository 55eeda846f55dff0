/** What may be asked of a call's hand-over, and how often: no I/O, the time goes in. */
package dev.trunkline.relay.transfer;
