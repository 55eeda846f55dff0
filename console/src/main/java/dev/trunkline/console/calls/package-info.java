/** Calls and events as the console keeps them. Pure. */
package dev.trunkline.console.calls;
