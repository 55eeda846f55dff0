/** A LiveKit agent worker in Java that greets a caller and echoes what it hears. */
package dev.trunkline.demoagent;
