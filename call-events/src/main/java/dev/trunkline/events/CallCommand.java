package dev.trunkline.events;

/**
 * A request from outside the call: only the edge or the relay that has the call can fulfil it. Travels on
 * {@link Topics#COMMANDS}.
 */
public sealed interface CallCommand extends CallRecord permits EndCall, AnswerCall, TransferCall, CompleteTransfer, JoinCalls {}
