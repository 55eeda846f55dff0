/** Event loops for sockets and timers: many calls per thread, none of which can harm another. */
package dev.trunkline.rtc.loop;
