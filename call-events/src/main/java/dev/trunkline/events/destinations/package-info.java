/** Which destinations a trunk may call, and how a requested target is written there. */
package dev.trunkline.events.destinations;
