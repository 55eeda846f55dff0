/** How one call's agents are asked for and awaited. No I/O. */
package dev.trunkline.dispatcher.watch;
