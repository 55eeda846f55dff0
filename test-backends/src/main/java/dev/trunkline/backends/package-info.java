/** The real Kafka, Redis, Postgres and LiveKit that tests stand on: containers where a Docker engine answers, else embedded. */
package dev.trunkline.backends;
