/** The calls that are up at this moment, read from the topic {@code live-calls}, and how many there are. */
package dev.trunkline.router.live;
