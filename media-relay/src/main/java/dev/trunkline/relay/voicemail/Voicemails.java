package dev.trunkline.relay.voicemail;

/**
 * What a relay needs to take messages.
 *
 * @param spool where they are recorded to
 * @param post brings them to the store
 */
public record Voicemails(VoicemailSpool spool, VoicemailPost post) {}
