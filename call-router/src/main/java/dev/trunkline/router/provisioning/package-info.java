/**
 * What LiveKit's SIP API provisions, compared with the directory: what has to be written here, and what cannot be.
 * Pure; {@code link} queries LiveKit and Postgres.
 */
package dev.trunkline.router.provisioning;
