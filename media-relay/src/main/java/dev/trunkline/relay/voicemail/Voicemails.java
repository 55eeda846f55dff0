package dev.trunkline.relay.voicemail;

/**
 * What a relay needs to take messages.
 *
 * @param spool where they are recorded
 * @param post moves them to the store
 */
public record Voicemails(VoicemailSpool spool, VoicemailPost post) {}
