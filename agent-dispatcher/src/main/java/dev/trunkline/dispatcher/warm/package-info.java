/** Rooms in which agents wait before there is a call: how many, how they are kept, and that each is given once. See the README. */
package dev.trunkline.dispatcher.warm;
