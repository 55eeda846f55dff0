package dev.trunkline.edge.refresh;

/** Session timers (RFC 4028): what messages say of them, and what both sides agree on. Pure. */
