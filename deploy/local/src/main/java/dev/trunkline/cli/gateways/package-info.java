/** Outbound trunks, as the edges see them. */
package dev.trunkline.cli.gateways;
