/**
 * Rooms in which agents wait before there is a call: how many there are, how they are maintained, and how each is given only once.
 * See the README.
 */
package dev.trunkline.dispatcher.warm;
