/** The database, and conversion of its values. */
package dev.trunkline.console.store;
