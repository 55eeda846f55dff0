/** Starts and stops everything that the suite needs on one machine: {@code ./trunkline run}, and the parts that tests use. */
package dev.trunkline.local;
