/** Measures a running suite and prints what it saw: {@code ./trunkline bench}. */
package dev.trunkline.bench;
