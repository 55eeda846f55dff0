/** As much of SDP as signalling must touch: which lines travel, and the keys of SRTP, which travel sealed. */
package dev.trunkline.edge.sdp;
