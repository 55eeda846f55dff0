package dev.trunkline.events.sounds;

/**
 * A sound in one language, as it travels on the topic {@code sounds}.
 *
 * @param isDefault whether it is played if the sound does not exist in the requested language
 * @param contentType see {@link SoundFile#contentType}
 * @param sha256 of the file, in hexadecimal digits
 * @param file as it was uploaded; must not be changed
 */
public record SoundRecord(SoundKey key, boolean isDefault, String contentType, String sha256, byte[] file) {}
