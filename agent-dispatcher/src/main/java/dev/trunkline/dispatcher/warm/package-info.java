/**
 * Rooms in which agents wait before there is a call. No I/O here yet: {@code DESIGN.md} in this folder says how it is to be used.
 */
package dev.trunkline.dispatcher.warm;
