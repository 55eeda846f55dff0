/** Publishes the trunks that edges read, from an outbox in Postgres. */
package dev.trunkline.router.announce;
