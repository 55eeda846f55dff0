/** Event loops for sockets and timers: many calls a thread, none able to harm another. */
package dev.trunkline.rtc.loop;
