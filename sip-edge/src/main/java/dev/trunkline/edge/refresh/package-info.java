package dev.trunkline.edge.refresh;

/** Session timers (RFC 4028): what messages say about them, and what both sides agree on. Pure. */
