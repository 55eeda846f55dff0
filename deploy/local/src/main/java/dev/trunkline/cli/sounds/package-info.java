/** {@code ./trunkline sounds}: the sounds of announcements to callers. */
package dev.trunkline.cli.sounds;
