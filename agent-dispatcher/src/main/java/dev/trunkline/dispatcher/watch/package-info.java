/** How one call's agents are asked for and waited for. No I/O. */
package dev.trunkline.dispatcher.watch;
