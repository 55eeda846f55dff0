/** What the phone says and hears: tones, G.711, meters of silence, tones and echo. */
package dev.trunkline.phone.audio;
