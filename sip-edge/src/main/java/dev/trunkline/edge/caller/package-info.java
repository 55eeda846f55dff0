/** Who calls, out of the headers of an INVITE, and what may be said of it to whom. */
package dev.trunkline.edge.caller;
