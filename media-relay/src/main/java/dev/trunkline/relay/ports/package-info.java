/** Allocation of UDP ports to calls. */
package dev.trunkline.relay.ports;
