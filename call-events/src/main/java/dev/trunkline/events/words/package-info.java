/**
 * What happened to a call, in sentences for people: those of `./trunkline trace`, and of any other place that describes a
 * call.
 */
package dev.trunkline.events.words;
