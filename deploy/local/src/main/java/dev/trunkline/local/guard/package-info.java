/** A Kafka that authenticates its clients: TLS, a user for each service, and the permissions in {@code docs/kafka.md}. */
package dev.trunkline.local.guard;
