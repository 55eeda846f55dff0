/** Handles an invite from Kafka: routing, the webhook where a rule has one, and the event that follows. */
package dev.trunkline.router.calls;
