/** A flat store of objects by key, in a folder or in a bucket of S3. A library: nothing of Trunkline in it. */
package dev.trunkline.store;
