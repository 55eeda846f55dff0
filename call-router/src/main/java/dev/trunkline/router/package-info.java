/** Starts the router, wires its parts, and says how it is. */
package dev.trunkline.router;
