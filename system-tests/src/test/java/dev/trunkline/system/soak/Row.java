package dev.trunkline.system.soak;

/** One call in the console's history. @param outcome {@code answered}, {@code refused} or {@code unanswered} */
record Row(String callId, String outcome, String reason) {}
