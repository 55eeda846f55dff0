/** The recordings that are played to callers: uploaded, listed and removed. Their format is checked on upload. */
package dev.trunkline.router.sounds;
