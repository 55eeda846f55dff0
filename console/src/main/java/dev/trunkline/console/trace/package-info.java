/** Everything that happened to a call, in words. */
package dev.trunkline.console.trace;
