/**
 * Threads that each own a share of the calls: whatever belongs to one Call-ID happens on one lane, in order, so that what a
 * lane owns needs no lock. A lane never waits for anything but work. It knows nothing of SIP but where a Call-ID stands.
 */
package dev.trunkline.sip.lane;
