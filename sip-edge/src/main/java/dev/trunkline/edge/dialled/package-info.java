/** Which number was dialled, out of the places where trunks write it. */
package dev.trunkline.edge.dialled;
