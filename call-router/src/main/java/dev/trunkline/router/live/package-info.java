/** The current calls, read from the topic {@code live-calls}, and how many there are. */
package dev.trunkline.router.live;
