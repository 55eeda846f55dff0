/** Converts numbers as trunks write them to E.164, by the trunk's country and prefixes. */
package dev.trunkline.events.numbers;
