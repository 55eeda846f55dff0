/** ITU-T G.722, wideband audio in 64 kbit/s, from the recommendation's block diagrams. A pure core. */
package dev.trunkline.relay.g722;
