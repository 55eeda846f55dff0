package dev.trunkline.router.messages;

import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.store.ObjectStore;

/**
 * Where messages are, and what opens them.
 *
 * @param objects as the relays write them
 */
public record MessageStore(ObjectStore objects, VoicemailKeys keys) {}
