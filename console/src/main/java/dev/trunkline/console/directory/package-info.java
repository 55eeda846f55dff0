/** What the router knows, asked on behalf of whoever is signed in. */
package dev.trunkline.console.directory;
