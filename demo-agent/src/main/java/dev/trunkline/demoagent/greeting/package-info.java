/** The sound that greets a caller, made when the agent starts. */
package dev.trunkline.demoagent.greeting;
