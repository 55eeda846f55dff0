/** Calls that are over. */
package dev.trunkline.console.history;
