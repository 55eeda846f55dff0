/** The part of SDP that signalling must touch: which lines are published, and the keys of SRTP, which travel sealed. */
package dev.trunkline.edge.sdp;
