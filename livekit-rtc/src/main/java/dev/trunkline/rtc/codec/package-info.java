/**
 * Audio codecs: Opus (libopus where the machine has it, Concentus otherwise) and G.711.
 *
 * <p>Mono, 16-bit linear samples throughout. Nothing here does I/O.
 */
package dev.trunkline.rtc.codec;
