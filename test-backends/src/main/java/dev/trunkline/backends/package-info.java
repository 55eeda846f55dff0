/** The real Kafka, Redis, Postgres and LiveKit that tests run against: containers if a Docker engine answers, otherwise embedded. */
package dev.trunkline.backends;
