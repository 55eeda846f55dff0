/** How commands speak with the router: address, token, answers. */
package dev.trunkline.cli.router;
