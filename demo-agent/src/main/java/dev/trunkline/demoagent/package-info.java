/** A LiveKit agent worker in Java that greets a caller and echoes what the caller says. */
package dev.trunkline.demoagent;
