/** Sends what attackers send, octet by octet, for the fuzzer and the system tests. */
package dev.trunkline.hostile;
