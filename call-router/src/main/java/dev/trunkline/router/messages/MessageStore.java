package dev.trunkline.router.messages;

import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.store.ObjectStore;

/**
 * Where messages are stored, and the keys that open them.
 *
 * @param objects as the relays write them
 */
public record MessageStore(ObjectStore objects, VoicemailKeys keys) {}
