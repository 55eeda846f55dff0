/** Voicemail messages: listed, heard and deleted by their organisation, and deleted when their retention ends. */
package dev.trunkline.router.messages;
