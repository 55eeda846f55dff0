/** Pseudonyms of callers, and the sealing of what only some services may read. */
package dev.trunkline.events.privacy;
