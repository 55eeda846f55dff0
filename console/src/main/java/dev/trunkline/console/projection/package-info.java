/** What becomes of the events of Kafka in the database. */
package dev.trunkline.console.projection;
