/** The messages that callers left: listed, heard and deleted by their organisation, and deleted when they were kept long enough. */
package dev.trunkline.router.messages;
