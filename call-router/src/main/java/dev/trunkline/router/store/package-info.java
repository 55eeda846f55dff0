/** The router's access to Postgres: transactions, and the actors in them. */
package dev.trunkline.router.store;
