package dev.trunkline.router.sounds;

/** A sound's file as it was uploaded. */
record StoredSound(String contentType, String sha256, byte[] file) {}
