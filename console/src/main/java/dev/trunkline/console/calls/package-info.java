/** Calls and events as the console stores them. Pure. */
package dev.trunkline.console.calls;
