/** What LiveKit's users write with its Java SDK, as a program of its own; in other languages: {@code src/test/python}, {@code src/test/sdks}. */
package dev.trunkline.system.sdks;
