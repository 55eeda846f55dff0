/** Which UDP ports calls have. */
package dev.trunkline.relay.ports;
