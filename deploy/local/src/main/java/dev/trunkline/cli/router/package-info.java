/** Lets commands talk to the router: address, token, responses. */
package dev.trunkline.cli.router;
