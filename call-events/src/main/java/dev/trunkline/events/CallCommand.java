package dev.trunkline.events;

/** A wish from outside the dialog: only the edge that owns the dialog can fulfil it. Travels on {@link Topics#COMMANDS}. */
public sealed interface CallCommand extends CallRecord permits EndCall {}
