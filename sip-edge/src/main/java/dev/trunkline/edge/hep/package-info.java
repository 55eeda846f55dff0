/** The SIP messages of calls for Homer and what else takes HEP: masked as the ladder has them, and sent beside the calls, never on their way. */
package dev.trunkline.edge.hep;
