/**
 * The calls that hold a slot, published to the rest of the suite on the topic {@code live-calls}.
 */
package dev.trunkline.limiter.live;
