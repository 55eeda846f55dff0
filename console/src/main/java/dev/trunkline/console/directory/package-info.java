/** Requests to the router on behalf of the signed-in user. */
package dev.trunkline.console.directory;
