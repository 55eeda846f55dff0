/** One call: greets the caller, then gives back what the caller says. */
package dev.trunkline.demoagent.echo;
