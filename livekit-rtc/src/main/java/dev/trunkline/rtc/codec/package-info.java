/**
 * Audio codecs: Opus (libopus if the machine has it, otherwise Concentus) and G.711.
 *
 * <p>Mono, 16-bit linear samples throughout. Nothing here does I/O.
 */
package dev.trunkline.rtc.codec;
