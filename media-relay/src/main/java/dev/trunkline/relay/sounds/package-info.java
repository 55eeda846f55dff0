/** Announcements: the sounds of the directory, and their playing to a caller. */
package dev.trunkline.relay.sounds;
