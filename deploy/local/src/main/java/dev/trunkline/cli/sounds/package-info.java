/** {@code ./trunkline sounds}: the sounds that callers are told something by. */
package dev.trunkline.cli.sounds;
