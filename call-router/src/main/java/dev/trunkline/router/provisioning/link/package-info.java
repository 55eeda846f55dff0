/** LiveKit's SIP API and Redis, and what Postgres remembers of them: asks all, and does what the comparison says. */
package dev.trunkline.router.provisioning.link;
