/** SIP as bytes, before it is parsed: where a message ends in a stream, and whether it is one at all. Pure. */
package dev.trunkline.edge.sip.wire;
