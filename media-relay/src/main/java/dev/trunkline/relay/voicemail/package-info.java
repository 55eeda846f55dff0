/** Messages that callers leave: when one is over, its spool on the disk, and its transfer to the store. */
package dev.trunkline.relay.voicemail;
