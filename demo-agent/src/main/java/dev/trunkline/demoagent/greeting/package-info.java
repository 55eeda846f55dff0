/** The sound that greets a caller, generated when the agent starts. */
package dev.trunkline.demoagent.greeting;
