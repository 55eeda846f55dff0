/** Sends damaged SIP and RTP to a running suite, reproducibly by a seed: {@code ./trunkline fuzz}. */
package dev.trunkline.fuzz;
