/** How the router stands before Postgres: transactions, and who acts in them. */
package dev.trunkline.router.store;
