/** One call: greets the caller, then echoes what the caller says. */
package dev.trunkline.demoagent.echo;
