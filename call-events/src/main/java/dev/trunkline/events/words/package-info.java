/** What happened to a call, in sentences for people: those of `./trunkline trace`, and of whatever else tells of a call. */
package dev.trunkline.events.words;
