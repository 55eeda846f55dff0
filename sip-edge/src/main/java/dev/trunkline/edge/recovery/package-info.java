/** Which calls an earlier process of this edge left behind, from the events of the last hours. */
package dev.trunkline.edge.recovery;
