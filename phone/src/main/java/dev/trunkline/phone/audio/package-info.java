/** The audio that the phone sends and receives: tones, G.711, meters for silence, tones and echo. */
package dev.trunkline.phone.audio;
