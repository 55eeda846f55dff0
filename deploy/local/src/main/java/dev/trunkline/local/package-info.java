/** Starts and stops everything that the suite needs on one machine, for {@code ./trunkline run} and for tests. */
package dev.trunkline.local;
