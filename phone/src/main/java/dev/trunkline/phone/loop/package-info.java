/** The event loop: one thread with sockets, tasks and timers. */
package dev.trunkline.phone.loop;
