/** {@code ./trunkline explain}: asks the router what would happen to a call. */
package dev.trunkline.cli.explain;
