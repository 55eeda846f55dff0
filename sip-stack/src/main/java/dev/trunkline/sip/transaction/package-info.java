/** The four transactions of RFC 3261 section 17 with RFC 6026, a file each. Pure: timers are inputs. */
package dev.trunkline.sip.transaction;
