/**
 * Has the agents of admitted calls dispatched, and watches that they come: the layer around {@code watch}.
 */
package dev.trunkline.dispatcher.calls;
