/** Numbers as trunks write them, read into E.164 by the trunk's country and prefixes. */
package dev.trunkline.events.numbers;
