/** The database, and its values. */
package dev.trunkline.console.store;
