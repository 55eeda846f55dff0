/** {@code ./trunkline trace}: finds the events of one call and prints them as a story. */
package dev.trunkline.cli.trace;
