/** Turns several speakers of a room into one phone line: buffering, decoding, mixing. A pure core. */
package dev.trunkline.relay.audio;
