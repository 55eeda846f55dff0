/** LiveKit's SIP API and Redis, and what Postgres remembers of them: queries all three, and carries out what the comparison says. */
package dev.trunkline.router.provisioning.link;
