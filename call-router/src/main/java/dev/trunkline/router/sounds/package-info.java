/** The sounds that callers are told something by: uploaded, listed and removed. What they are is checked as they come. */
package dev.trunkline.router.sounds;
