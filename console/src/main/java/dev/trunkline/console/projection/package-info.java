/** Writing the events of Kafka to the database. */
package dev.trunkline.console.projection;
