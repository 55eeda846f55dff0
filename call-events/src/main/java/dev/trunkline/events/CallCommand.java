package dev.trunkline.events;

/** A wish from outside the call: only the edge or the relay that has it can fulfil it. Travels on {@link Topics#COMMANDS}. */
public sealed interface CallCommand extends CallRecord permits EndCall, AnswerCall, TransferCall, CompleteTransfer, JoinCalls {}
