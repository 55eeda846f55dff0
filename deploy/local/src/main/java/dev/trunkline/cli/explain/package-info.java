/** {@code ./trunkline explain}: asks the router what would become of a call. */
package dev.trunkline.cli.explain;
