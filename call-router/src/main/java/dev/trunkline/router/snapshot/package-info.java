/** The directory in memory: read from Postgres as a whole, and again after each change. */
package dev.trunkline.router.snapshot;
