/** Measures a running suite and prints the results: {@code ./trunkline bench}. */
package dev.trunkline.bench;
