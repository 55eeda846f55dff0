/** The directory in memory: read from Postgres as a whole, and again when it changed. */
package dev.trunkline.router.snapshot;
