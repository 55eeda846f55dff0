/** Who calls, from the headers of an INVITE, and what may be passed on about the caller, and to whom. */
package dev.trunkline.edge.caller;
