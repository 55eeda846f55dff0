/** How the trunks that calls go out by stand, as each edge says it on Kafka. */
package dev.trunkline.router.gateways;
