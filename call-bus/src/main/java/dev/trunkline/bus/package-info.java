/** How a service speaks on Kafka, and what services share to outlive what one call does to them. */
package dev.trunkline.bus;
