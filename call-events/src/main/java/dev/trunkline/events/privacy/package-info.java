/** Pseudonyms of callers, and the sealing of data that only some services may read. */
package dev.trunkline.events.privacy;
