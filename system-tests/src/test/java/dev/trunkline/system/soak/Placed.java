package dev.trunkline.system.soak;

import java.util.Set;

/**
 * A call of the load that is over.
 *
 * @param sipCallId its SIP Call-ID
 * @param deed what it was to do
 * @param seconds since the beginning of the load, when it was placed
 * @param mute whether it was up for long and heard nothing of its own tone
 * @param expected the codes with which the suite may end or refuse it
 */
record Placed(String sipCallId, String deed, long seconds, PhoneSaw seen, boolean mute, Set<String> expected) {}
