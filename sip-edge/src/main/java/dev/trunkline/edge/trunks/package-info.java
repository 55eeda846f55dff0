/** Which trunk a request is of: addresses, host names, credentials; and how much each, and strangers, may send. */
package dev.trunkline.edge.trunks;
