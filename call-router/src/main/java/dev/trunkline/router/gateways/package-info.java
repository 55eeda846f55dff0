/** The state of outbound trunks, as each edge reports it on Kafka. */
package dev.trunkline.router.gateways;
