/** Messages that callers leave: how they are named, sealed and opened, and what an organisation may set. */
package dev.trunkline.events.voicemail;
