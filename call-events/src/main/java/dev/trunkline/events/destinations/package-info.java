/** Where a trunk may be called out to, and how whom somebody wants to be called is written there. */
package dev.trunkline.events.destinations;
