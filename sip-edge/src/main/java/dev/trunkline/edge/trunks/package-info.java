/** To which trunk a request belongs: addresses, host names, credentials; and how much each trunk, and strangers, may send. */
package dev.trunkline.edge.trunks;
