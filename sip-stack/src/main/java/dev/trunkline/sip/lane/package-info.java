/**
 * Threads that each own a share of the calls. Everything that belongs to one Call-ID happens on one lane, in order, so that a
 * lane's state needs no lock. A lane never waits for anything except work. It knows nothing of SIP except where to find the
 * Call-ID.
 */
package dev.trunkline.sip.lane;
