/** The sounds of announcements to callers: their names, limits and files, as uploaded and as read from the topic {@code sounds}. Pure. */
package dev.trunkline.events.sounds;
