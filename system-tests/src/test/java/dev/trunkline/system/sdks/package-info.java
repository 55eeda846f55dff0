/** A user's program with LiveKit's Java SDK; those in other languages are in {@code src/test/python} and {@code src/test/sdks}. */
package dev.trunkline.system.sdks;
