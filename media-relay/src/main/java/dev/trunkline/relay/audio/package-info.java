/** What several speakers of a room become one phone line with: buffering, decoding, mixing. A pure core. */
package dev.trunkline.relay.audio;
