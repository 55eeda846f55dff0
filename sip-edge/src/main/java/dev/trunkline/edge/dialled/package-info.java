/** Which number was dialled, from the places where trunks write it. */
package dev.trunkline.edge.dialled;
