/** Finished calls. */
package dev.trunkline.console.history;
