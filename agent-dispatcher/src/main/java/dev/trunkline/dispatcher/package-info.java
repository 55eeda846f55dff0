/** Reads admitted calls, has their agents dispatched by LiveKit, and watches that they come: the rim around {@code watch}. */
package dev.trunkline.dispatcher;
