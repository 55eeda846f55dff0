/** A Kafka that asks who one is: TLS, a user for each service, and the rights of {@code docs/kafka.md}. */
package dev.trunkline.local.guard;
