/** The trunks that calls go out by, as the edges see them. */
package dev.trunkline.cli.gateways;
