/** Announcements: the sounds of the directory, and playing them to a caller. */
package dev.trunkline.relay.sounds;
